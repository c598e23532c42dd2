import type { ScenarioFile } from '../scenario.ts';

/** One entry of the bypass list names a host that only the proxy reaches. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  env: {
    HTTPS_PROXY: 'http://proxy.corp.example:3128',
    HTTP_PROXY: 'http://proxy.corp.example:3128',
    NO_PROXY: 'localhost,management.azure.com',
  },
  faults: [
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [{ cause: 'proxy.bypass-mistake', targets: '/^(management\\.azure\\.com)$/' }], exit: 1 },
};
