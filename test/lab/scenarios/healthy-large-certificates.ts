import type { ScenarioFile } from '../scenario.ts';

/** Certificates so large that they come in many packets. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'origin', names: ['go.microsoft.com', 'aka.ms'], behaviour: { certificate: { paddingBytes: 6000 } } },
  ],
  expect: { rootCauses: [], exit: 0 },
};
