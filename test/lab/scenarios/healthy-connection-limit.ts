import type { ScenarioFile } from '../scenario.ts';

/** A firewall that lets ten new connections a second through: late is not broken. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--timeout', '12s'],
  faults: [{ kind: 'connection-limit', perSecond: 10 }],
  expect: { rootCauses: [], exit: 0 },
};
