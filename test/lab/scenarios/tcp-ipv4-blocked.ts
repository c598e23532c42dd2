import type { ScenarioFile } from '../scenario.ts';

/** IPv4 leads nowhere; IPv6 works. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'drop', protocol: 'tcp', to: { family: 4 } }],
  expect: { rootCauses: [{ cause: 'tcp.partly-blocked', targets: 'all' }], exit: 0 },
};
