import type { ScenarioFile } from '../scenario.ts';

/** The automatic configuration file is no program. */
export const scenario: ScenarioFile = {
  args: [
    'windows-servicing',
    'url-forwarding',
    'azure-services',
    '--proxy',
    'pac+http://pac.corp.example:8080/proxy.pac',
  ],
  faults: [
    { kind: 'pac', text: 'function FindProxyForURL(url, host) { return "PROXY proxy.corp.example:3128"' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [{ cause: 'proxy.pac-invalid', targets: 'all' }], exit: 1 },
};
