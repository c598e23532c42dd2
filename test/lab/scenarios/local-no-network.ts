import type { ScenarioFile } from '../scenario.ts';

/** The machine has no address. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'client-ip', commands: ['addr flush dev eth0', '-6 addr flush dev eth0'] }],
  expect: { rootCauses: [{ cause: 'local.no-network', targets: 'all' }], exit: 1 },
};
