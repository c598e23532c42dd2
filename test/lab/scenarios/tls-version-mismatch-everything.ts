import type { ScenarioFile } from '../scenario.ts';

/** Everything that answers here knows TLS 1.1 at most. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', ports: [443], behaviour: { tls: { maxVersion: 'TLSv1.1' } } }],
  expect: { rootCauses: [{ cause: 'tls.version-mismatch', targets: 'all' }], exit: 1 },
};
