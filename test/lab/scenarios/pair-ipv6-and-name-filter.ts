import type { ScenarioFile } from '../scenario.ts';

/** IPv6 leads nowhere, and a filter resets one name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'packets', action: 'drop', to: { family: 6 } },
    { kind: 'sni', action: 'reset', names: ['go.microsoft.com'] },
  ],
  expect: {
    rootCauses: [{ cause: 'tls.sni-filtered', targets: '/^(go\\.microsoft\\.com)$/' }, { cause: 'tcp.ipv6-broken' }],
    exit: 1,
  },
};
