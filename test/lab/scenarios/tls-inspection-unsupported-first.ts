import type { ScenarioFile } from '../scenario.ts';

/** An authority that nobody trusts opens hosts of which some vendors support that and others do not. */
export const scenario: ScenarioFile = {
  args: ['console', 'azure-services', 'url-forwarding', 'windows-servicing'],
  faults: [{ kind: 'inspection', by: 'box', authority: 'company' }],
  expect: {
    rootCauses: [
      {
        cause: 'tls.inspection',
        targets: '/^configmgrbits\\.cdn\\.manage\\.microsoft\\.com$/',
      },
      { cause: 'tls.inspection' },
    ],
    exit: 1,
  },
};
