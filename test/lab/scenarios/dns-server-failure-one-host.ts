import type { ScenarioFile } from '../scenario.ts';

/** The resolver fails for one name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['go.microsoft.com'], answer: 'servfail' }],
  expect: { rootCauses: [{ cause: 'dns.server-failure', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
