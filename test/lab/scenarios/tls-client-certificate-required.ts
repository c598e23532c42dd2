import type { ScenarioFile } from '../scenario.ts';

/** One host wants a certificate of the client. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { tls: { clientCertificate: 'required' } } }],
  expect: {
    rootCauses: [{ cause: 'tls.client-certificate-required', targets: '/^(go\\.microsoft\\.com)$/' }],
    exit: 1,
  },
};
