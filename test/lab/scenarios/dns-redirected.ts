import type { ScenarioFile } from '../scenario.ts';

/** Every name leads to one address. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'name', answer: { addresses: ['20.66.66.66'] } }],
  expect: { rootCauses: [{ cause: 'dns.redirected', targets: 'all' }], exit: 1 },
};
