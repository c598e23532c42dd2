import type { ScenarioFile } from '../scenario.ts';

/** The clock is half an hour late: certificates do not mind, Kerberos does. */
export const scenario: ScenarioFile = {
  world: { skewDays: 0.02 },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [],
  expect: { rootCauses: [{ cause: 'local.clock-skew', targets: 0 }], exit: 0 },
};
