import type { ScenarioFile } from '../scenario.ts';

/** One connection in three to an address is reset: one bad machine behind it. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'origin', names: ['go.microsoft.com'], family: 4, every: 3, behaviour: { tcp: 'reset-after-hello' } },
  ],
  expect: {
    rootCauses: [{ cause: 'tls.reset', targets: '/^(go\\.microsoft\\.com)$/', evidence: '/ of 10 /' }],
    exit: 0,
  },
};
