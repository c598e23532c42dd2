import type { ScenarioFile } from '../scenario.ts';

/** An IPv6 address of the company's own and no way out over IPv6. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'client-ip', commands: ['-6 route del default'] }],
  expect: { rootCauses: [], exit: 0 },
};
