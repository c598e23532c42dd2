import type { ScenarioFile } from '../scenario.ts';

/** Certificates that name no revocation servers. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com', 'aka.ms'], behaviour: { certificate: 'no-revocation-urls' } }],
  expect: { rootCauses: [], exit: 0 },
};
