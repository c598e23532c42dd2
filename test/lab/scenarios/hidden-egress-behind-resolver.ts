import type { ScenarioFile } from '../scenario.ts';

/** Nothing resolves, and nothing would connect. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'packets', action: 'drop', to: { prefixes: ['10.77.2.10/32', 'fd77:2::10/128'] } },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [{ cause: 'dns.no-resolver', targets: 'all' }], exit: 1 },
};
