import type { ScenarioFile } from '../scenario.ts';

/** Large packets of one host are lost on the way here. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'narrow-link', mtu: 1200, from: { names: ['go.microsoft.com'] } }],
  expect: { rootCauses: [{ cause: 'tls.mtu-black-hole', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
