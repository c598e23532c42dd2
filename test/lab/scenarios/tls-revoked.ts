import type { ScenarioFile } from '../scenario.ts';

/** The authority has revoked the certificate of one host. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'revoked' } }],
  expect: { rootCauses: [{ cause: 'tls.revoked', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
