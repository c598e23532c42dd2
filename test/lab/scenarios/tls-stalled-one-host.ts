import type { ScenarioFile } from '../scenario.ts';

/** A host accepts connections and never answers the ClientHello, whatever name is asked for. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { tcp: 'stall' } }],
  expect: { rootCauses: [{ cause: 'tls.stalled', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
