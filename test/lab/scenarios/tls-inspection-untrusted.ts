import type { ScenarioFile } from '../scenario.ts';

/** TLS is opened on the way by an authority that this machine does not trust. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'inspection', by: 'squid', authority: 'company' }],
  expect: { rootCauses: [{ cause: 'tls.inspection' }], exit: 1 },
};
