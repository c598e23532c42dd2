import type { ScenarioFile } from '../scenario.ts';

/** A firewall knows only some of a name's addresses. */
export const scenario: ScenarioFile = {
  world: { addresses: { 'gateway.configmgr.manage.microsoft.com': 3 } },
  args: ['tenant-attach'],
  faults: [{ kind: 'packets', action: 'drop', to: { names: ['gateway.configmgr.manage.microsoft.com'], nth: [1] } }],
  expect: { rootCauses: [{ cause: 'tcp.partly-blocked', targets: '/^gateway\\.configmgr\\./' }], exit: 0 },
};
