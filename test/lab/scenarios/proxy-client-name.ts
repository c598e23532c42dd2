import type { ScenarioFile } from '../scenario.ts';

/** The proxy admits one known program, and this one is none. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
    {
      kind: 'proxy',
      port: 3128,
      behaviour: { type: 'client-name', name: 'SMS CCM 5.0' },
    },
  ],
  expect: {
    rootCauses: [{ cause: 'proxy.denied', targets: 'all', evidence: '/client name wayclear.*--user-agent/' }],
    exit: 1,
  },
};
