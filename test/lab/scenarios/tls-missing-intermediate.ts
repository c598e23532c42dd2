import type { ScenarioFile } from '../scenario.ts';

/** One host does not send the certificate between its own and the root. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'missing-intermediate' } }],
  expect: { rootCauses: [{ cause: 'tls.missing-intermediate', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
