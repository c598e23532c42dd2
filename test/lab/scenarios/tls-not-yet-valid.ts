import type { ScenarioFile } from '../scenario.ts';

/** The certificate of one host begins in the future. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'not-yet-valid' } }],
  expect: { rootCauses: [{ cause: 'tls.not-yet-valid', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
