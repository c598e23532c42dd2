import type { ScenarioFile } from '../scenario.ts';

/** The hosts file is no source of names here. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'nsswitch', hosts: 'dns' },
    { kind: 'hosts-file', entries: { 'go.microsoft.com': '0.0.0.0' } },
  ],
  expect: { rootCauses: [], exit: 0 },
};
