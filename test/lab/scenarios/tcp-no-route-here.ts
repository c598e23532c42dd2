import type { ScenarioFile } from '../scenario.ts';

/** This machine has no route to the internet that the names lead to. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'client-ip', commands: ['route add throw 20.0.0.0/8', '-6 route add throw 2603:1000::/24'] }],
  expect: { rootCauses: [{ cause: 'tcp.no-route', targets: 'all' }], exit: 1 },
};
