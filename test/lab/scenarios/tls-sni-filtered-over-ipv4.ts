import type { ScenarioFile } from '../scenario.ts';

/** A filter of server names that looks at IPv4 alone. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'sni', action: 'reset', names: ['go.microsoft.com'], family: 4 }],
  expect: { rootCauses: [{ cause: 'tcp.partly-blocked', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 0 },
};
