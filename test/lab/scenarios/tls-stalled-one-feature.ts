import type { ScenarioFile } from '../scenario.ts';

/** The hosts of one feature never answer the ClientHello. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', features: ['url-forwarding'], ports: [443], behaviour: { tcp: 'stall' } }],
  expect: { rootCauses: [{ cause: 'tls.stalled', targets: '/^(go\\.microsoft\\.com|aka\\.ms)$/' }], exit: 1 },
};
