import type { ScenarioFile } from '../scenario.ts';

/** One host resets every name, another is reset by its name only. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'origin', names: ['management.azure.com'], behaviour: { tcp: 'reset-after-hello' } },
    { kind: 'sni', action: 'reset', names: ['go.microsoft.com'] },
  ],
  expect: {
    rootCauses: [
      { cause: 'tls.reset', targets: '/^(management\\.azure\\.com)$/' },
      { cause: 'tls.sni-filtered', targets: '/^(go\\.microsoft\\.com)$/' },
    ],
    exit: 1,
  },
};
