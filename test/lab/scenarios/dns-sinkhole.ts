import type { ScenarioFile } from '../scenario.ts';

/** A filtering resolver answers 0.0.0.0 for a domain. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'name', names: ['*.manage.microsoft.com'], answer: 'null' }],
  expect: { rootCauses: [{ cause: 'dns.sinkhole', targets: '/\\.manage\\.microsoft\\.com$/' }], exit: 1 },
};
