import type { ScenarioFile } from '../scenario.ts';

/** A name server never answers for the names of one feature. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['go.microsoft.com', 'aka.ms'], answer: 'silent' }],
  expect: { rootCauses: [{ cause: 'dns.timeout', targets: '/^(go\\.microsoft\\.com|aka\\.ms)$/' }], exit: 1 },
};
