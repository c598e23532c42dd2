import type { ScenarioFile } from '../scenario.ts';

/** The proxy can't connect to one name under a wildcard and says so in a bare status; its policy lets the wildcard through. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    {
      kind: 'proxy',
      port: 3128,
      behaviour: { type: 'status', status: 502, names: ['gateway.configmgr.manage.microsoft.com'] },
    },
  ],
  expect: {
    rootCauses: [
      {
        cause: 'proxy.upstream-unreachable',
        targets: '/^gateway\\.configmgr\\.manage\\.microsoft\\.com$/',
        evidence: '/^\\*\\.manage\\.microsoft\\.com: .* 503 .* lets the pattern through/',
      },
    ],
    exit: 0,
  },
};
