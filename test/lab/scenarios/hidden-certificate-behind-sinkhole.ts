import type { ScenarioFile } from '../scenario.ts';

/** A sunk name would have met an expired certificate. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'name', names: ['go.microsoft.com'], answer: 'null' },
    { kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'expired' } },
  ],
  expect: { rootCauses: [{ cause: 'dns.sinkhole', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
