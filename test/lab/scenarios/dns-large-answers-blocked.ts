import type { ScenarioFile } from '../scenario.ts';

/** An answer too large for UDP, and TCP port 53 is closed. */
export const scenario: ScenarioFile = {
  world: { addresses: { 'gateway.configmgr.manage.microsoft.com': 120 } },
  args: ['tenant-attach'],
  faults: [
    {
      kind: 'packets',
      action: 'drop',
      protocol: 'tcp',
      to: { prefixes: ['10.77.2.10/32', 'fd77:2::10/128'], ports: [53] },
    },
  ],
  expect: { rootCauses: [{ cause: 'dns.large-answers-blocked', targets: '/^gateway\\.configmgr\\./' }], exit: 1 },
};
