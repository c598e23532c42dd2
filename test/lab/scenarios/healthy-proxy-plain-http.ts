import type { ScenarioFile } from '../scenario.ts';

/** squid hands plain HTTP requests on and says so in a header of each answer. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'squid', port: 3128, mode: 'open' }],
  expect: { rootCauses: [], exit: 0 },
};
