import type { ScenarioFile } from '../scenario.ts';

/** A name server denies every public name an address without denying the name: it is not for public names. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', answer: 'no-data' }],
  expect: { rootCauses: [{ cause: 'dns.internal-only', targets: 'all' }], exit: 1 },
};
