import type { ScenarioFile } from '../scenario.ts';

/** One host is dropped over IPv6 alone. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'drop', to: { family: 6, names: ['go.microsoft.com'] } }],
  expect: { rootCauses: [{ cause: 'tcp.partly-blocked', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 0 },
};
