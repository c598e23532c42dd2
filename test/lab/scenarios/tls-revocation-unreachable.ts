import type { ScenarioFile } from '../scenario.ts';

/** The authority's revocation servers are dropped. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'drop', to: { names: ['*.trust-services.example'] } }],
  expect: { rootCauses: [{ cause: 'tls.revocation-unreachable', targets: 'all' }], exit: 0 },
};
