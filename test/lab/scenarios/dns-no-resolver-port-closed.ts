import type { ScenarioFile } from '../scenario.ts';

/** The port of the resolver is closed. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'refused', to: { prefixes: ['10.77.2.10/32', 'fd77:2::10/128'] } }],
  expect: { rootCauses: [{ cause: 'dns.no-resolver', targets: 'all' }], exit: 1 },
};
