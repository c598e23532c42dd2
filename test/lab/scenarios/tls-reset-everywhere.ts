import type { ScenarioFile } from '../scenario.ts';

/** Something resets every TLS session to anyone. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', ports: [443], behaviour: { tcp: 'reset-after-hello' } }],
  expect: { rootCauses: [{ cause: 'tls.reset', targets: 'all' }], exit: 1 },
};
