import type { ScenarioFile } from '../scenario.ts';

/** A name server of the company gives a name the address of a file server of its own. */
export const scenario: ScenarioFile = {
  world: { names: ['files.somewhere.example'] },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'name', names: ['management.azure.com'], answer: { privateOf: 'files.somewhere.example' } },
    { kind: 'origin', names: ['files.somewhere.example'], behaviour: { certificate: 'self-signed' } },
  ],
  expect: { rootCauses: [{ cause: 'dns.private-address', targets: '/^(management\\.azure\\.com)$/' }], exit: 1 },
};
