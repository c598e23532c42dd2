import type { ScenarioFile } from '../scenario.ts';

/** Requests for a range are refused; the whole is given. */
export const scenario: ScenarioFile = {
  args: ['updates-and-servicing'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { ranges: 'refused' } } }],
  expect: { rootCauses: [{ cause: 'http.range-blocked', targets: 1, confidence: 'high' }], exit: 1 },
};
