import type { ScenarioFile } from '../scenario.ts';

/** Whatever is asked for over TLS answers with a certificate that it signed itself, another one for each name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', behaviour: { certificate: 'self-signed' } }],
  expect: { rootCauses: [{ cause: 'tls.self-signed', targets: 'all' }], exit: 1 },
};
