import type { ScenarioFile } from '../scenario.ts';

/** The only root that the machine has for its chains has ended. */
export const scenario: ScenarioFile = {
  world: { expiredRoot: true },
  args: ['url-forwarding', 'azure-services'],
  faults: [],
  expect: { rootCauses: [{ cause: 'local.root-expired', targets: 'all' }], exit: 1 },
};
