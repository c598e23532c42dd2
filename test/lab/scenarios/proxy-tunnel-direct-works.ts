import type { ScenarioFile } from '../scenario.ts';

/** What filters is behind the proxy: with `--direct-too` the direct path shows that the service answers. */
export const scenario: ScenarioFile = {
  args: [
    'windows-servicing',
    'url-forwarding',
    'azure-services',
    '--proxy',
    'http://proxy.corp.example:3128',
    '--direct-too',
  ],
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
        evidence: '/^management\\.azure\\.com: the direct path works$/',
      },
    ],
    exit: 1,
  },
};
