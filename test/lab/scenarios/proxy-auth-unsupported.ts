import type { ScenarioFile } from '../scenario.ts';

/** The proxy wants a scheme that nobody here speaks. */
export const scenario: ScenarioFile = {
  args: [
    'windows-servicing',
    'url-forwarding',
    'azure-services',
    '--proxy',
    'http://proxy.corp.example:3128',
    '--proxy-user',
    'alice',
  ],
  env: { WAYCLEAR_PROXY_PASSWORD: 's3cret-lab' },
  faults: [
    {
      kind: 'proxy',
      port: 3128,
      behaviour: {
        type: 'status',
        status: 407,
        reason: 'Proxy Authentication Required',
        headers: { 'proxy-authenticate': 'Bearer realm="Lab proxy"' },
      },
    },
  ],
  expect: { rootCauses: [{ cause: 'proxy.auth-unsupported', targets: 'all' }], exit: 1 },
};
