import type { ScenarioFile } from '../scenario.ts';

/** The configured resolver does not exist. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'resolv-conf', servers: ['10.77.2.99'] }],
  expect: { rootCauses: [{ cause: 'dns.no-resolver', targets: 'all' }], exit: 1 },
};
