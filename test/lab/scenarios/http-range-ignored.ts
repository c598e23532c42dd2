import type { ScenarioFile } from '../scenario.ts';

/** Something on the way asks for the whole where a range was asked for. */
export const scenario: ScenarioFile = {
  args: ['updates-and-servicing'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { ranges: 'ignored' } } }],
  expect: { rootCauses: [{ cause: 'http.range-blocked', targets: 1, confidence: 'high' }], exit: 1 },
};
