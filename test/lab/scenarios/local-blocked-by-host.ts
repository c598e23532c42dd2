import type { ScenarioFile } from '../scenario.ts';

/** A policy of this machine forbids connections to the outside. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'client-ip', commands: ['route add prohibit 20.0.0.0/8', '-6 route add prohibit 2603:1000::/24'] }],
  expect: { rootCauses: [{ cause: 'local.blocked-by-host', targets: 'all', confidence: 'high' }], exit: 1 },
};
