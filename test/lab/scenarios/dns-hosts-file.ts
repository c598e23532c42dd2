import type { ScenarioFile } from '../scenario.ts';

/** A forgotten line in the hosts file. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'hosts-file', entries: { 'go.microsoft.com': '20.1.2.3' } }],
  expect: { rootCauses: [{ cause: 'dns.hosts-file', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
