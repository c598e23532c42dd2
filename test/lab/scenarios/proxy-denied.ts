import type { ScenarioFile } from '../scenario.ts';

/** The proxy forbids one domain. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'proxy', port: 3128, behaviour: { type: 'status', status: 403, names: ['*.manage.microsoft.com'] } },
  ],
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
