import type { ScenarioFile } from '../scenario.ts';

/** For one vendor the proxy grants the tunnel, and says in it in clear text that it got no further. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
    {
      kind: 'proxy',
      port: 3128,
      behaviour: {
        type: 'page-in-tunnel',
        names: ['*.azure.com'],
        page: 'HTTP/1.1 502 Bad Gateway\r\nVia: 1.1 gateway\r\nContent-Length: 3\r\n\r\nbad',
      },
    },
  ],
  expect: {
    rootCauses: [{ cause: 'proxy.upstream-unreachable', targets: '/\\.azure\\.com$/', confidence: 'medium' }],
    exit: 1,
  },
};
