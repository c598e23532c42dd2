import type { ScenarioFile } from '../scenario.ts';

/** An automatic configuration file that sends one domain directly and all else to the proxy. */
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
  ],
  expect: { rootCauses: [], exit: 0 },
};
