import type { ScenarioFile } from '../scenario.ts';

/** Something near answers every connection, passes names on, and stalls those it blocks: the names are the cause. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'transparent', blocked: ['*.microsoft.com'], how: 'stall' }],
  expect: { rootCauses: [{ cause: 'tls.sni-filtered', targets: '/\\.microsoft\\.com$/' }], exit: 1 },
};
