import type { ScenarioFile } from '../scenario.ts';

/** A line in the hosts file that blocks a host. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'hosts-file', entries: { 'go.microsoft.com': '127.0.0.1', 'aka.ms': '127.0.0.1' } }],
  expect: { rootCauses: [{ cause: 'dns.hosts-file', targets: '/^(go\\.microsoft\\.com|aka\\.ms)$/' }], exit: 1 },
};
