import type { ScenarioFile } from '../scenario.ts';

/** A firewall refuses one of a name's addresses. */
export const scenario: ScenarioFile = {
  world: { addresses: { 'go.microsoft.com': 3 } },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'reset', to: { names: ['go.microsoft.com'], nth: [2] } }],
  expect: { rootCauses: [{ cause: 'tcp.partly-blocked', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 0 },
};
