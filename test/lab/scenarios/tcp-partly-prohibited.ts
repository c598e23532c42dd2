import type { ScenarioFile } from '../scenario.ts';

/** A filter prohibits one of the addresses of a name. */
export const scenario: ScenarioFile = {
  world: { addresses: { 'go.microsoft.com': 3 } },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'prohibited', to: { names: ['go.microsoft.com'], nth: [0] } }],
  expect: { rootCauses: [{ cause: 'tcp.partly-blocked', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 0 },
};
