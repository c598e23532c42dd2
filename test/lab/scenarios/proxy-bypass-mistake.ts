import type { ScenarioFile } from '../scenario.ts';

/** The bypass list sends a domain past the proxy, and direct egress is closed. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  env: {
    HTTPS_PROXY: 'http://proxy.corp.example:3128',
    HTTP_PROXY: 'http://proxy.corp.example:3128',
    NO_PROXY: 'localhost,.microsoft.com',
  },
  faults: [
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [{ cause: 'proxy.bypass-mistake', targets: '/\\.microsoft\\.com$/' }], exit: 1 },
};
