import type { ScenarioFile } from '../scenario.ts';

/** The run without arguments where the resolver answers nobody. */
export const scenario: ScenarioFile = {
  faults: [{ kind: 'packets', action: 'drop', to: { prefixes: ['10.77.2.10/32', 'fd77:2::10/128'] } }],
  expect: {
    rootCauses: [{ cause: 'dns.no-resolver', targets: 'all' }],
    exit: 1,
  },
};
