import type { ScenarioFile } from '../scenario.ts';

/** TLS is opened by an installed authority, and one host is dropped. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'inspection', by: 'box', authority: 'company' },
    { kind: 'machine-store', add: ['company'] },
    { kind: 'name', names: ['go.microsoft.com'], answer: 'nxdomain' },
  ],
  expect: {
    rootCauses: [
      { cause: 'tls.inspection', targets: '/^(?!.*go-microsoft-com|go\\.microsoft\\.com$)/' },
      { cause: 'dns.not-found', targets: '/^(go\\.microsoft\\.com)$/' },
    ],
    exit: 1,
  },
};
