import type { ScenarioFile } from '../scenario.ts';

/** A router says that one host is administratively prohibited. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'prohibited', to: { names: ['go.microsoft.com'] } }],
  expect: { rootCauses: [{ cause: 'tcp.prohibited', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
