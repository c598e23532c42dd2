import type { ScenarioFile } from '../scenario.ts';

/** Something near answers every connection and then resets the names it blocks. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'transparent', blocked: ['*.manage.microsoft.com'], how: 'reset' }],
  expect: { rootCauses: [{ cause: 'tcp.intercepted', targets: '/\\.manage\\.microsoft\\.com$/' }], exit: 1 },
};
