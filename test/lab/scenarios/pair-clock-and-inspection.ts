import type { ScenarioFile } from '../scenario.ts';

/** The machine lives 400 days behind the internet, and an installed authority opens TLS: its certificates are of the future here. */
export const scenario: ScenarioFile = {
  world: { skewDays: 400 },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'inspection', by: 'box', authority: 'company' },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: {
    rootCauses: [
      { cause: 'local.clock-skew', targets: 'all' },
      { cause: 'tls.inspection', targets: 'all', confidence: 'high' },
    ],
    exit: 1,
  },
};
