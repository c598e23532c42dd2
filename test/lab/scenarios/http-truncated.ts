import type { ScenarioFile } from '../scenario.ts';

/** Downloads end long before their announced length. */
export const scenario: ScenarioFile = {
  args: ['updates-and-servicing'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { endsAfter: 300 } } }],
  expect: { rootCauses: [{ cause: 'http.truncated', targets: 1, confidence: 'high' }], exit: 1 },
};
