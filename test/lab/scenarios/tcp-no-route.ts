import type { ScenarioFile } from '../scenario.ts';

/** A router knows no way to one host. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'no-route', to: { names: ['go.microsoft.com'] } }],
  expect: { rootCauses: [{ cause: 'tcp.no-route', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
