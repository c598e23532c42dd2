import type { ScenarioFile } from '../scenario.ts';

/** The proxy opens TLS with an authority that this machine does not trust. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'squid', port: 3128, mode: 'bump' }],
  expect: { rootCauses: [{ cause: 'tls.inspection', targets: 'all' }], exit: 1 },
};
