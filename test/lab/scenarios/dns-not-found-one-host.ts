import type { ScenarioFile } from '../scenario.ts';

/** The resolver denies one name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['go.microsoft.com'], answer: 'nxdomain' }],
  expect: { rootCauses: [{ cause: 'dns.not-found', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
