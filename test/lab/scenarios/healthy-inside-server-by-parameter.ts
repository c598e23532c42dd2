import type { ScenarioFile } from '../scenario.ts';

/** The software update point above this one, named by a parameter, under the authority that a file names. */
export const scenario: ScenarioFile = {
  world: { names: ['sup.corp.example'] },
  args: [
    ...['software-updates', 'url-forwarding', '--set', 'parentSoftwareUpdatePoint=sup.corp.example'],
    ...['--only', 'software-updates/parent-site-https*', '--only', 'url-forwarding/*', '--ca-file', '@COMPANY@'],
  ],
  faults: [
    { kind: 'name', names: ['sup.corp.example'], answer: { privateOf: 'sup.corp.example' } },
    { kind: 'origin', names: ['sup.corp.example'], behaviour: { certificate: 'company' } },
  ],
  expect: { rootCauses: [], exit: 0 },
};
