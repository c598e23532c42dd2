import type { Survey } from './survey.ts';

/**
 * Whether the run ends without follow-ups: they were not wanted, or the run was ended. What only a second look excludes stays
 * open then.
 */
export const nothingFollows = ({ observations: { plan, ended } }: Survey): boolean =>
  !plan.experiments || ended !== null;
