import type { ScenarioFile } from '../scenario.ts';

/** Proxy variables that others read otherwise, and a bypass list with a remark: all works here, and nothing is found. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  env: {
    HTTPS_PROXY: '"http://proxy.corp.example:3128"\r',
    HTTP_PROXY: 'proxy.corp.example:3128',
    NO_PROXY: 'localhost;127.0.0.1,*corp.example,.corp.example',
  },
  faults: [
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [], exit: 0 },
};
