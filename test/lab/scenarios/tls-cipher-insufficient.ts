import type { ScenarioFile } from '../scenario.ts';

/** One host finds the offered suites too weak. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { tls: { alert: 71 } } }],
  expect: { rootCauses: [{ cause: 'tls.cipher-mismatch', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
