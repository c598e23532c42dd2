import type { ScenarioFile } from '../scenario.ts';

/** Programs ask for names over TCP alone, which the firewall drops. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'resolv-conf', options: ['use-vc'] },
    {
      kind: 'packets',
      action: 'drop',
      protocol: 'tcp',
      to: { prefixes: ['10.77.2.10/32', 'fd77:2::10/128'], ports: [53] },
    },
  ],
  expect: { rootCauses: [{ cause: 'dns.no-resolver', targets: 'all', evidence: '/use-vc/' }], exit: 1 },
};
