import type { ScenarioFile } from '../scenario.ts';

/** The certificate of the proxy itself has expired. */
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
  faults: [{ kind: 'proxy', port: 3128, behaviour: { type: 'tls', certificate: 'expired' } }],
  expect: { rootCauses: [{ cause: 'proxy.tls-failed', targets: 'all' }], exit: 1 },
};
