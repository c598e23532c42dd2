import type { ScenarioFile } from '../scenario.ts';

/** Behind a working proxy one service resets every session, whatever its name and version. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'proxy', port: 3128, behaviour: { type: 'open' } },
    { kind: 'origin', names: ['management.azure.com'], behaviour: { tcp: 'reset-after-hello' } },
  ],
  expect: {
    rootCauses: [
      {
        cause: 'tls.reset',
        targets: '/^(management\\.azure\\.com)$/',
        confidence: 'high',
        evidence: '/makes the way; what fails comes after that/',
      },
    ],
    exit: 1,
  },
};
