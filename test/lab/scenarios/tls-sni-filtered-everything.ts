import type { ScenarioFile } from '../scenario.ts';

/** A firewall drops connections that name any of the hosts: none is left to compare with. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'sni', action: 'drop', names: ['*.microsoft.com', 'aka.ms', 'management.azure.com'] }],
  expect: { rootCauses: [{ cause: 'tls.sni-filtered', targets: 'all' }], exit: 1 },
};
