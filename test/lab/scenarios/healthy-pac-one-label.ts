import type { ScenarioFile } from '../scenario.ts';

/** The address of the PAC file and a name inside it have one label, which the machine's search list completes. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'pac+http://pac:8080/proxy.pac'],
  faults: [
    {
      kind: 'pac',
      text: 'function FindProxyForURL(url, host) { return isResolvable("proxy") ? "PROXY proxy.corp.example:3128" : "DIRECT"; }',
    },
    { kind: 'discovery' },
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [], exit: 0 },
};
