import type { ScenarioFile } from '../scenario.ts';

/** The resolver refuses one name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['go.microsoft.com'], answer: 'refused' }],
  expect: { rootCauses: [{ cause: 'dns.refused', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
