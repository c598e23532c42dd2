import type { ScenarioFile } from '../scenario.ts';

/** Something near answers every connection and then resets the names it blocks. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'transparent', blocked: ['*.microsoft.com'], how: 'reset' }],
  expect: { rootCauses: [{ cause: 'tcp.intercepted', targets: '/\\.microsoft\\.com$/' }], exit: 1 },
};
