import type { ScenarioFile } from '../scenario.ts';

/** The resolver denies one name. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'name', names: ['gateway.configmgr.manage.microsoft.com'], answer: 'nxdomain' }],
  expect: { rootCauses: [{ cause: 'dns.not-found', targets: '/^gateway\\.configmgr\\./' }], exit: 1 },
};
