import type { ScenarioFile } from '../scenario.ts';

/** A firewall answers with a reset before any data. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [
    { kind: 'packets', action: 'reset', to: { names: ['gateway.configmgr.manage.microsoft.com'], ports: [443] } },
  ],
  expect: { rootCauses: [{ cause: 'tcp.refused', targets: '/^gateway\\.configmgr\\./' }], exit: 1 },
};
