import { createHash } from 'node:crypto';
import type { Observations } from '../../model/observations.ts';

/** A label that nobody has registered, the same for the same run. */
export const label = ({ startedAt }: Pick<Observations, 'startedAt'>, host: string): string =>
  `wayclear-${createHash('sha256').update(`${startedAt} ${host}`).digest('hex').slice(0, 12)}`;
