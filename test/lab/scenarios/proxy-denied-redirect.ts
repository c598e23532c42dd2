import type { ScenarioFile } from '../scenario.ts';

/** The proxy sends CONNECT for one vendor to its page, whose address quotes a host named for signing in. */
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
        headers: { location: 'https://block.example/stop.html?cat=12&url=login.contoso.com' },
        names: ['*.azure.com'],
      },
    },
  ],
  expect: { rootCauses: [{ cause: 'proxy.denied', targets: '/\\.azure\\.com$/', confidence: 'medium' }], exit: 1 },
};
