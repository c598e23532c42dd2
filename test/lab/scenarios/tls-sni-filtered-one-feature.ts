import type { ScenarioFile } from '../scenario.ts';

/** A firewall resets connections that name the hosts of one feature, which share no domain. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'sni', action: 'reset', names: ['go.microsoft.com', 'aka.ms'] }],
  expect: { rootCauses: [{ cause: 'tls.sni-filtered', targets: '/^(go\\.microsoft\\.com|aka\\.ms)$/' }], exit: 1 },
};
