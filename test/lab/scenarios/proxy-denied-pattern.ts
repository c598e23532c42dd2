import type { ScenarioFile } from '../scenario.ts';

/** squid forbids a documented wildcard as a whole. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'squid', port: 3128, mode: 'deny', names: ['*.manage.microsoft.com'] }],
  expect: {
    rootCauses: [
      {
        cause: 'proxy.denied',
        targets: '/\\.manage\\.microsoft\\.com$/',
        confidence: 'high',
        evidence: '/^\\*\\.manage\\.microsoft\\.com: .* 403 .* refuses the pattern as a whole/',
      },
    ],
    exit: 1,
  },
};
