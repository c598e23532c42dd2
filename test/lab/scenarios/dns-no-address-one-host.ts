import type { ScenarioFile } from '../scenario.ts';

/** A name is there and has no address. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['go.microsoft.com'], answer: 'no-data' }],
  expect: { rootCauses: [{ cause: 'dns.no-address', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
