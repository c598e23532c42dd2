import type { ScenarioFile } from '../scenario.ts';

/** TLS is opened on the way by an authority that this machine does not trust. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'inspection', by: 'box', authority: 'company' }],
  expect: { rootCauses: [{ cause: 'tls.inspection', targets: 'all' }], exit: 1 },
};
