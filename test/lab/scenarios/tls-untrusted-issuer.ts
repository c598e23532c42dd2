import type { ScenarioFile } from '../scenario.ts';

/** One host has a certificate from an authority that nobody knows. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'untrusted-root' } }],
  expect: { rootCauses: [{ cause: 'tls.untrusted-issuer', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
