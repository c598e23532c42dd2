import type { ScenarioFile } from '../scenario.ts';

/** The run without arguments where nothing gets out directly; names still resolve. */
export const scenario: ScenarioFile = {
  faults: [{ kind: 'packets', action: 'drop', protocol: 'tcp' }],
  expect: {
    rootCauses: [{ cause: 'tcp.egress-blocked', targets: 'all' }],
    exit: 1,
  },
};
