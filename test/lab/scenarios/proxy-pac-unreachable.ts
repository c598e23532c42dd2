import type { ScenarioFile } from '../scenario.ts';

/** The server of the automatic configuration file is not there. */
export const scenario: ScenarioFile = {
  args: [
    'windows-servicing',
    'url-forwarding',
    'azure-services',
    '--proxy',
    'pac+http://pac.corp.example:8080/proxy.pac',
  ],
  faults: [{ kind: 'packets', action: 'drop', protocol: 'tcp' }],
  expect: { rootCauses: [{ cause: 'proxy.pac-unreachable', targets: 'all' }], exit: 1 },
};
