import type { ScenarioFile } from '../scenario.ts';

/** The machine has addresses and knows no way out. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'client-ip', commands: ['route del default', '-6 route del default'] }],
  expect: { rootCauses: [{ cause: 'local.no-network', targets: 'all' }], exit: 1 },
};
