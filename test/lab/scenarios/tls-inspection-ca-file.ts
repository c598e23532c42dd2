import type { ScenarioFile } from '../scenario.ts';

/** The authority that opens TLS is trusted by a file on the command line. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--ca-file', '@COMPANY@'],
  faults: [{ kind: 'inspection', by: 'box', authority: 'company' }],
  expect: { rootCauses: [{ cause: 'tls.inspection', targets: 'all' }], exit: 0 },
};
