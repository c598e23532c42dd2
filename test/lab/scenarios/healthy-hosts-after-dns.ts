import type { ScenarioFile } from '../scenario.ts';

/** The name servers come first, so a forgotten line in the hosts file is never used. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'nsswitch', hosts: 'dns files' },
    { kind: 'hosts-file', entries: { 'go.microsoft.com': '20.1.2.3' } },
  ],
  expect: { rootCauses: [], exit: 0 },
};
