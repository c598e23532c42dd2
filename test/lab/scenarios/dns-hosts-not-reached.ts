import type { ScenarioFile } from '../scenario.ts';

/** The hosts file holds what a name needs here, and the search ends at the name servers. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'nsswitch', hosts: 'dns [NOTFOUND=return] files' },
    { kind: 'name', names: ['go.microsoft.com'], answer: 'nxdomain' },
    { kind: 'hosts-file', entries: { 'go.microsoft.com': '20.1.2.3' } },
  ],
  expect: { rootCauses: [{ cause: 'dns.not-found', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
