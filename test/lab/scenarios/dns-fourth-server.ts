import type { ScenarioFile } from '../scenario.ts';

/** The only name server that answers is the fourth, and programs use three. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'resolv-conf', servers: ['10.77.2.97', '10.77.2.98', '10.77.2.99', '10.77.2.10'] }],
  expect: { rootCauses: [{ cause: 'dns.no-resolver', targets: 'all' }], exit: 1 },
};
