import type { ScenarioFile } from '../scenario.ts';

/** A host resets every session, whatever name is asked for. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { tcp: 'reset-after-hello' } }],
  expect: { rootCauses: [{ cause: 'tls.reset', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
