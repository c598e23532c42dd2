import type { ScenarioFile } from '../scenario.ts';

/** One host speaks nothing newer than TLS 1.1. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { tls: { maxVersion: 'TLSv1.1' } } }],
  expect: { rootCauses: [{ cause: 'tls.version-mismatch', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
