import type { ScenarioFile } from '../scenario.ts';

/** Nothing listens at the service any more. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'refused', to: { names: ['management.azure.com'], ports: [443] } }],
  expect: { rootCauses: [{ cause: 'tcp.refused', targets: '/^(management\\.azure\\.com)$/' }], exit: 1 },
};
