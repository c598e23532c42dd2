import type { ScenarioFile } from '../scenario.ts';

/** Names of one vendor are aliases of a filter's own host, which answers with its own certificate. */
export const scenario: ScenarioFile = {
  world: { names: ['block.filter-vendor.example'] },
  args: ['tenant-attach', 'azure-services'],
  faults: [{ kind: 'name', names: ['*.manage.microsoft.com'], answer: { cname: 'block.filter-vendor.example' } }],
  expect: {
    rootCauses: [
      { cause: 'dns.redirected', targets: '/\\.manage\\.microsoft\\.com$/', shared: 'block.filter-vendor.example' },
    ],
    exit: 1,
  },
};
