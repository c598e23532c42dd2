import type { ScenarioFile } from '../scenario.ts';

/** One host ends the handshake with an internal error. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { tls: { alert: 80 } } }],
  expect: { rootCauses: [{ cause: 'undetermined', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
