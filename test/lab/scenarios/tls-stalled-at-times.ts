import type { ScenarioFile } from '../scenario.ts';

/** One connection in three to an address stalls in the handshake. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], family: 4, every: 3, behaviour: { tcp: 'stall' } }],
  expect: {
    rootCauses: [{ cause: 'tls.stalled', targets: '/^(go\\.microsoft\\.com)$/', evidence: '/ of \\d+ /' }],
    exit: 0,
  },
};
