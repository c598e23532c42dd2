import type { ScenarioFile } from '../scenario.ts';

/** A tunnel loses large packets, and only IPv6 goes through it. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'narrow-link', mtu: 1200, from: { family: 6 } }],
  expect: { rootCauses: [{ cause: 'tcp.ipv6-broken', targets: 'all' }], exit: 0 },
};
