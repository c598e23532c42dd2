import type { ScenarioFile } from '../scenario.ts';

/** The proxy admits one known program, whose name was given. */
export const scenario: ScenarioFile = {
  args: [
    'windows-servicing',
    'url-forwarding',
    'azure-services',
    '--proxy',
    'http://proxy.corp.example:3128',
    '--user-agent',
    'SMS CCM 5.0',
  ],
  faults: [
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
    {
      kind: 'proxy',
      port: 3128,
      behaviour: { type: 'client-name', name: 'SMS CCM 5.0' },
    },
  ],
  expect: { rootCauses: [], exit: 0 },
};
