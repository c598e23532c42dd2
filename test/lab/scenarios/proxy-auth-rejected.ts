import type { ScenarioFile } from '../scenario.ts';

/** The proxy does not take the password. */
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
  env: { WAYCLEAR_PROXY_PASSWORD: 'not-the-password' },
  faults: [{ kind: 'squid', port: 3128, mode: 'basic' }],
  expect: { rootCauses: [{ cause: 'proxy.auth-rejected', targets: 'all' }], exit: 1 },
};
