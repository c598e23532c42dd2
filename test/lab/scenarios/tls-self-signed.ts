import type { ScenarioFile } from '../scenario.ts';

/** One host answers with a certificate that it signed itself. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'self-signed' } }],
  expect: { rootCauses: [{ cause: 'tls.self-signed', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
