import type { ScenarioFile } from '../scenario.ts';

/** The authority's revocation servers do not resolve. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['*.trust-services.example'], answer: 'nxdomain' }],
  expect: { rootCauses: [{ cause: 'tls.revocation-unreachable', targets: 'all' }], exit: 0 },
};
