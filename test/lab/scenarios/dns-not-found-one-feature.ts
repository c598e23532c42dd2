import type { ScenarioFile } from '../scenario.ts';

/** A name server denies the names of one feature, which share no domain. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['go.microsoft.com', 'aka.ms'], answer: 'nxdomain' }],
  expect: { rootCauses: [{ cause: 'dns.not-found', targets: '/^(go\\.microsoft\\.com|aka\\.ms)$/' }], exit: 1 },
};
