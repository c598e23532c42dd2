import type { ScenarioFile } from '../scenario.ts';

/** A name server gives the unspecified address for every public name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', answer: 'null' }],
  expect: { rootCauses: [{ cause: 'dns.sinkhole', targets: 'all' }], exit: 1 },
};
