import type { ScenarioFile } from '../scenario.ts';

/** A firewall drops what goes to one host. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'drop', to: { names: ['go.microsoft.com'], ports: [443] } }],
  expect: { rootCauses: [{ cause: 'tcp.dropped', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
