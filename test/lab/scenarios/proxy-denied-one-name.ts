import type { ScenarioFile } from '../scenario.ts';

/** squid forbids one name; what else is under its documented wildcard may pass. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'squid', port: 3128, mode: 'deny', names: ['gateway.configmgr.manage.microsoft.com'] }],
  expect: {
    rootCauses: [
      {
        cause: 'proxy.denied',
        targets: '/^gateway\\.configmgr\\.manage\\.microsoft\\.com$/',
        confidence: 'high',
        evidence: '/refused by its own name: .* lets \\*\\.manage\\.microsoft\\.com through/',
      },
    ],
    exit: 0,
  },
};
