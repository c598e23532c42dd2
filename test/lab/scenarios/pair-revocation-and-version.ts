import type { ScenarioFile } from '../scenario.ts';

/** Revocation servers are dropped, and one host speaks old TLS only. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'packets', action: 'drop', to: { names: ['*.trust-services.example'] } },
    { kind: 'origin', names: ['go.microsoft.com'], behaviour: { tls: { maxVersion: 'TLSv1.1' } } },
  ],
  expect: {
    rootCauses: [
      { cause: 'tls.version-mismatch', targets: '/^(go\\.microsoft\\.com)$/' },
      { cause: 'tls.revocation-unreachable' },
    ],
    exit: 1,
  },
};
