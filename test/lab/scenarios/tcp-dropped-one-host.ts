import type { ScenarioFile } from '../scenario.ts';

/** A firewall drops what goes to one host. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [
    { kind: 'packets', action: 'drop', to: { names: ['gateway.configmgr.manage.microsoft.com'], ports: [443] } },
  ],
  expect: { rootCauses: [{ cause: 'tcp.dropped', targets: '/^gateway\\.configmgr\\./' }], exit: 1 },
};
