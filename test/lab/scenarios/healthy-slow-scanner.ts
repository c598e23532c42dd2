import type { ScenarioFile } from '../scenario.ts';

/** A virus scanner holds a download for some seconds before it lets it through. */
export const scenario: ScenarioFile = {
  args: ['updates-and-servicing'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { delayMs: 2500 } } }],
  expect: { rootCauses: [], exit: 0, asks: ['head'] },
};
