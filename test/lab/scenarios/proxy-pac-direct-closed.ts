import type { ScenarioFile } from '../scenario.ts';

/** An old rule of the PAC file sends one vendor directly, where direct is closed; the proxy that it names would reach it. */
export const scenario: ScenarioFile = {
  args: [
    'windows-servicing',
    'url-forwarding',
    'azure-services',
    '--proxy',
    'pac+http://pac.corp.example:8080/proxy.pac',
  ],
  faults: [
    {
      kind: 'pac',
      text: 'function FindProxyForURL(url, host) { return dnsDomainIs(host, ".azure.com") ? "DIRECT" : "PROXY proxy.corp.example:3128"; }',
    },
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: {
    rootCauses: [
      {
        cause: 'proxy.bypass-mistake',
        targets: '/\\.azure\\.com$/',
        confidence: 'high',
        evidence: '/The PAC file answers «DIRECT» for management\\.azure\\.com/',
      },
    ],
    exit: 1,
  },
};
