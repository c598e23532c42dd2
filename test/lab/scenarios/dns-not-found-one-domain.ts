import type { ScenarioFile } from '../scenario.ts';

/** The resolver denies a whole domain. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'name', names: ['*.manage.microsoft.com'], answer: 'nxdomain' }],
  expect: { rootCauses: [{ cause: 'dns.not-found', targets: '/\\.manage\\.microsoft\\.com$/' }], exit: 1 },
};
