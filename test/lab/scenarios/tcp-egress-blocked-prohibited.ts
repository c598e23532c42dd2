import type { ScenarioFile } from '../scenario.ts';

/** A firewall says that direct connections are prohibited. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'prohibited', protocol: 'tcp' }],
  expect: { rootCauses: [{ cause: 'tcp.egress-blocked', targets: 'all' }], exit: 1 },
};
