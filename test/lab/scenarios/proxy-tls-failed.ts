import type { ScenarioFile } from '../scenario.ts';

/** The TLS of the proxy itself has a certificate that nobody knows. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'https://proxy.corp.example:3128'],
  faults: [{ kind: 'proxy', port: 3128, behaviour: { type: 'tls', certificate: 'self-signed' } }],
  expect: { rootCauses: [{ cause: 'proxy.tls-failed', targets: 'all' }], exit: 1 },
};
