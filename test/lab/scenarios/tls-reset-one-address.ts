import type { ScenarioFile } from '../scenario.ts';

/** One of the addresses of a name resets after the ClientHello. */
export const scenario: ScenarioFile = {
  world: { addresses: { 'go.microsoft.com': 3 } },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], nth: [1], behaviour: { tcp: 'reset-after-hello' } }],
  expect: { rootCauses: [{ cause: 'tcp.partly-blocked', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 0 },
};
