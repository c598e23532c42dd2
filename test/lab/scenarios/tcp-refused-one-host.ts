import type { ScenarioFile } from '../scenario.ts';

/** A firewall answers with a reset before any data. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'reset', to: { names: ['go.microsoft.com'], ports: [443] } }],
  expect: { rootCauses: [{ cause: 'tcp.refused', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
