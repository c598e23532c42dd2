import type { ScenarioFile } from '../scenario.ts';

/** A filter behind the proxy resets sessions by their server name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'proxy', port: 3128, behaviour: { type: 'open' } },
    { kind: 'sni', action: 'reset', names: ['management.azure.com'], from: 'proxy' },
  ],
  expect: {
    rootCauses: [
      {
        cause: 'tls.sni-filtered',
        targets: '/^(management\\.azure\\.com)$/',
        confidence: 'high',
        evidence: '/with another server name .* answers/',
      },
    ],
    exit: 1,
  },
};
