import type { ScenarioFile } from '../scenario.ts';

/** An origin that speaks HTTP/2 and nothing else. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], ports: [443], behaviour: { tls: { only: 'h2' } } }],
  expect: { rootCauses: [], exit: 0 },
};
