import type { ScenarioFile } from '../scenario.ts';

/** The machine lives 400 days behind, and one of its hosts is a server of the company's own: nobody opens TLS. */
export const scenario: ScenarioFile = {
  world: { skewDays: 400, names: ['wiki.corp.example'] },
  args: ['windows-servicing', 'url-forwarding', 'azure-services', 'https://wiki.corp.example/'],
  faults: [
    { kind: 'name', names: ['wiki.corp.example'], answer: { privateOf: 'wiki.corp.example' } },
    { kind: 'origin', names: ['wiki.corp.example'], behaviour: { certificate: 'company' } },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: { rootCauses: [{ cause: 'local.clock-skew', targets: 'all' }], exit: 1 },
};
