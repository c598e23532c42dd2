import type { ScenarioFile } from '../scenario.ts';

/** HTTPS has a proxy that works, HTTP one that is gone: nothing but what certificates name is fetched over it. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'azure-services'],
  env: { HTTPS_PROXY: 'http://proxy.corp.example:3128', HTTP_PROXY: 'http://proxy.corp.example:3129' },
  faults: [{ kind: 'squid', port: 3128, mode: 'open' }],
  expect: {
    rootCauses: [{ cause: 'proxy.unreachable', targets: 'all', shared: 'proxy.corp.example:3129' }],
    exit: 0,
  },
};
