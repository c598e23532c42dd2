import type { ScenarioFile } from '../scenario.ts';

/** An installed authority opens hosts whose vendor does not support that. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [
    { kind: 'inspection', by: 'box', authority: 'company' },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: {
    rootCauses: [
      { cause: 'tls.inspection', targets: '/\\.manage\\.microsoft\\.com$/', evidence: '/vendor does not support/' },
      { cause: 'tls.inspection', targets: '/^(aka\\.ms|dc\\.services\\.visualstudio\\.com)$/' },
    ],
    exit: 1,
  },
};
