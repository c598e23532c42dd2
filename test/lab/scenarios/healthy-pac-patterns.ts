import type { ScenarioFile } from '../scenario.ts';

/** A PAC file with patterns and hours that browsers read in their own way: alternatives, and an hour that began. */
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
      text: 'function FindProxyForURL(url, host) { return shExpMatch(host, "(*.|)(corp.example|intranet)") || !timeRange(0, new Date().getHours()) || timeRange(22, 6) ? "DIRECT" : "PROXY proxy.corp.example:3128"; }',
    },
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [], exit: 0 },
};
