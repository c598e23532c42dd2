import type { ScenarioFile } from '../scenario.ts';

/** A password in the proxy variables holds signs that have to be encoded: nobody can read them, and direct egress is closed. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  env: {
    HTTPS_PROXY: 'http://user:p@ss#1@proxy.corp.example:3128',
    HTTP_PROXY: 'http://user:p@ss#1@proxy.corp.example:3128',
  },
  faults: [
    { kind: 'squid', port: 3128, mode: 'basic' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: {
    rootCauses: [
      { cause: 'proxy.bypass-mistake', targets: 'all', evidence: '/^HTTPS?_PROXY: nobody can read the value/' },
    ],
    exit: 1,
  },
};
