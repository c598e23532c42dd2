import type { ScenarioFile } from '../scenario.ts';

/** A server of the company's own, under the authority that a file names, and beside it public hosts as they should be. */
export const scenario: ScenarioFile = {
  world: { names: ['wiki.corp.example'] },
  args: ['windows-servicing', 'url-forwarding', 'https://wiki.corp.example/', '--ca-file', '@COMPANY@'],
  faults: [
    { kind: 'name', names: ['wiki.corp.example'], answer: { privateOf: 'wiki.corp.example' } },
    { kind: 'origin', names: ['wiki.corp.example'], behaviour: { certificate: 'company' } },
  ],
  expect: { rootCauses: [], exit: 0 },
};
