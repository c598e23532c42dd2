import type { ScenarioFile } from '../scenario.ts';

/** A name server refuses every public name: this client may not ask it. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', answer: 'refused' }],
  expect: { rootCauses: [{ cause: 'dns.refused', targets: 'all' }], exit: 1 },
};
