import type { ScenarioFile } from '../scenario.ts';

/** A CDN that gives every query another address. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'name', names: ['*.manage.microsoft.com'], answer: { rotate: true } }],
  expect: { rootCauses: [], exit: 0 },
};
