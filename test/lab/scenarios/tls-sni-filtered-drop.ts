import type { ScenarioFile } from '../scenario.ts';

/** A firewall drops the ClientHello that names one host. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'sni', action: 'drop', names: ['go.microsoft.com'] }],
  expect: { rootCauses: [{ cause: 'tls.sni-filtered', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
