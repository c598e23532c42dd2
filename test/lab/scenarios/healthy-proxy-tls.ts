import type { ScenarioFile } from '../scenario.ts';

/** A proxy that is spoken to over TLS, with the company's certificate. */
export const scenario: ScenarioFile = {
  args: [
    'windows-servicing',
    'url-forwarding',
    'azure-services',
    '--proxy',
    'https://proxy.corp.example:3128',
    '--proxy-ca',
    '@COMPANY@',
  ],
  faults: [
    { kind: 'proxy', port: 3128, behaviour: { type: 'tls', certificate: 'company' } },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [], exit: 0 },
};
