import type { ScenarioFile } from '../scenario.ts';

/** An inspecting box that everybody here trusts stops cabinets, and lets everything else of the host through. */
export const scenario: ScenarioFile = {
  args: ['updates-and-servicing', '--ca-file', '@COMPANY@'],
  faults: [
    {
      kind: 'inspection',
      by: 'box',
      authority: 'company',
      blocked: {
        names: ['go.microsoft.com'],
        suffix: 'LinkId=2309745',
        status: 403,
        body: '<html><body>This type of file is not permitted here.</body></html>',
      },
    },
  ],
  expect: {
    rootCauses: [
      { cause: 'tls.inspection', targets: '/\\.manage\\.microsoft\\.com$/', evidence: '/vendor does not support/' },
      { cause: 'http.content-blocked', targets: 1 },
      { cause: 'tls.inspection', targets: 14 },
    ],
    exit: 1,
  },
};
