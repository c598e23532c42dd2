import type { ScenarioFile } from '../scenario.ts';

/** The resolver knows the company and nothing else. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'name', answer: 'nxdomain' }],
  expect: { rootCauses: [{ cause: 'dns.internal-only', targets: 'all' }], exit: 1 },
};
