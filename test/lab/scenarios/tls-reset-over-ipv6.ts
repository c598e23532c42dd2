import type { ScenarioFile } from '../scenario.ts';

/** Connections over IPv6 come about and are reset after the ClientHello. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', family: 6, ports: [443], behaviour: { tcp: 'reset-after-hello' } }],
  expect: { rootCauses: [{ cause: 'tcp.ipv6-broken', targets: 'all' }], exit: 0 },
};
