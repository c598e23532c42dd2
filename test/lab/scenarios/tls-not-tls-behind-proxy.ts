import type { ScenarioFile } from '../scenario.ts';

/** Behind an honest proxy one service speaks plain HTTP where TLS is spoken. */
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
        page: 'HTTP/1.0 501 Not Implemented\r\nServer: SimpleHTTP\r\n\r\n',
      },
    },
  ],
  expect: { rootCauses: [{ cause: 'tls.not-tls', targets: '/\\.azure\\.com$/', confidence: 'medium' }], exit: 1 },
};
