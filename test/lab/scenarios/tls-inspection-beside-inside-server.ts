import type { ScenarioFile } from '../scenario.ts';

/** One authority signs for a server of the company's own and opens TLS of hosts outside: the server itself is as it should be. */
export const scenario: ScenarioFile = {
  world: { names: ['wiki.corp.example'] },
  args: ['windows-servicing', 'url-forwarding', 'azure-services', 'https://wiki.corp.example/'],
  faults: [
    { kind: 'name', names: ['wiki.corp.example'], answer: { privateOf: 'wiki.corp.example' } },
    { kind: 'origin', names: ['wiki.corp.example'], behaviour: { certificate: 'company' } },
    { kind: 'inspection', by: 'box', authority: 'company', names: ['*.microsoft.com', '*.azure.com'] },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: {
    rootCauses: [{ cause: 'tls.inspection', targets: '/\\.(microsoft|azure)\\.com$/', confidence: 'high' }],
    exit: 0,
  },
};
