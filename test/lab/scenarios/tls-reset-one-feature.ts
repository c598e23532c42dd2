import type { ScenarioFile } from '../scenario.ts';

/** The hosts of one feature reset the connection after the ClientHello, whatever it says. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', features: ['windows-servicing'], ports: [443], behaviour: { tcp: 'reset-after-hello' } }],
  expect: { rootCauses: [{ cause: 'tls.reset', targets: '/\\.microsoft\\.com$/' }], exit: 1 },
};
