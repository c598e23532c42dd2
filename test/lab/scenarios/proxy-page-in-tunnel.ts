import type { ScenarioFile } from '../scenario.ts';

/** For one vendor the proxy grants the tunnel and writes its page into it, in clear text. */
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
        page: 'HTTP/1.0 403 Forbidden\r\nContent-Type: text/html\r\n\r\n<html>This category is blocked</html>',
      },
    },
  ],
  expect: { rootCauses: [{ cause: 'http.block-page', targets: '/\\.azure\\.com$/', confidence: 'medium' }], exit: 1 },
};
