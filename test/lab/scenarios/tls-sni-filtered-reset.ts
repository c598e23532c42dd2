import type { ScenarioFile } from '../scenario.ts';

/** A firewall resets connections that name a blocked host. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'sni', action: 'reset', names: ['*.manage.microsoft.com'] }],
  expect: { rootCauses: [{ cause: 'tls.sni-filtered', targets: '/\\.manage\\.microsoft\\.com$/' }], exit: 1 },
};
