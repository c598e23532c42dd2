import type { ScenarioFile } from '../scenario.ts';

/** The desktop finds its proxy in the file that the company's DNS domain holds for everybody. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'discovery' },
    {
      kind: 'pac',
      at: 'wpad',
      text: 'function FindProxyForURL(url, host) { return isPlainHostName(host) ? "DIRECT" : "PROXY proxy.corp.example:3128"; }',
    },
    { kind: 'proxy', port: 3128, behaviour: { type: 'open' } },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [], exit: 0 },
};
