import type { ScenarioFile } from '../scenario.ts';

/** The proxy knows people by a cookie, and sends CONNECT to a page to sign in. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
    {
      kind: 'proxy',
      port: 3128,
      behaviour: {
        type: 'status',
        status: 302,
        reason: 'Found',
        headers: { server: 'gateway', location: 'https://gateway.proxy.example/auth?origurl=x' },
      },
    },
  ],
  expect: {
    rootCauses: [
      {
        cause: 'proxy.auth-required',
        targets: 'all',
        confidence: 'high',
        evidence: '/answer header location: https:\\/\\/gateway/',
      },
    ],
    exit: 1,
  },
};
