import type { ScenarioFile } from '../scenario.ts';

/** The resolver never answers for one name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['go.microsoft.com'], answer: 'silent' }],
  expect: { rootCauses: [{ cause: 'dns.timeout', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
