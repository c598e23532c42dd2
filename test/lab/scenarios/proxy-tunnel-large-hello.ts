import type { ScenarioFile } from '../scenario.ts';

/** Behind the proxy large ClientHellos vanish on the way to one service. */
export const scenario: ScenarioFile = {
  args: [
    'windows-servicing',
    'url-forwarding',
    'azure-services',
    '--proxy',
    'http://proxy.corp.example:3128',
    '--tls-hello',
    'large',
  ],
  faults: [
    { kind: 'proxy', port: 3128, behaviour: { type: 'open' } },
    { kind: 'large-hello', overBytes: 1000, to: { names: ['management.azure.com'] }, from: 'proxy' },
  ],
  expect: {
    rootCauses: [
      {
        cause: 'tls.large-hello-dropped',
        targets: '/^(management\\.azure\\.com)$/',
        confidence: 'high',
        evidence: '/with a ClientHello of .* bytes .* answers/',
      },
    ],
    exit: 1,
  },
};
