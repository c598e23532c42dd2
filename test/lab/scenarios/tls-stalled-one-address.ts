import type { ScenarioFile } from '../scenario.ts';

/** One of the addresses of a name never answers the ClientHello. */
export const scenario: ScenarioFile = {
  world: { addresses: { 'go.microsoft.com': 3 } },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], nth: [2], behaviour: { tcp: 'stall' } }],
  expect: { rootCauses: [{ cause: 'tcp.partly-blocked', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 0 },
};
