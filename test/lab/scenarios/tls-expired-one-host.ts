import type { ScenarioFile } from '../scenario.ts';

/** One host has let its certificate expire. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [
    { kind: 'origin', names: ['gateway.configmgr.manage.microsoft.com'], behaviour: { certificate: 'expired' } },
  ],
  expect: { rootCauses: [{ cause: 'tls.expired', targets: '/^gateway\\.configmgr\\./' }], exit: 1 },
};
