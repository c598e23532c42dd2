import type { ScenarioFile } from '../scenario.ts';

/** A dropped host has an expired certificate as well: nobody can know. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'packets', action: 'drop', to: { names: ['go.microsoft.com'] } },
    { kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'expired' } },
  ],
  expect: { rootCauses: [{ cause: 'tcp.dropped', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
