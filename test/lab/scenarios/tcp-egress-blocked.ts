import type { ScenarioFile } from '../scenario.ts';

/** Nothing gets out directly; names still resolve. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'packets', action: 'drop', protocol: 'tcp' }],
  expect: { rootCauses: [{ cause: 'tcp.egress-blocked', targets: 'all' }], exit: 1 },
};
