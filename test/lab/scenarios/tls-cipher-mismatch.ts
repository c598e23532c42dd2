import type { ScenarioFile } from '../scenario.ts';

/** One host has no cipher suite in common with anyone: suites for RSA, a key for ECDSA. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'origin',
      names: ['go.microsoft.com'],
      behaviour: { tls: { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' } },
    },
  ],
  expect: { rootCauses: [{ cause: 'tls.cipher-mismatch', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
