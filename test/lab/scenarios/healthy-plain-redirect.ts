import type { ScenarioFile } from '../scenario.ts';

/** A plain address leads to another site by its own will. */
export const scenario: ScenarioFile = {
  world: { names: ['www.elsewhere.example'] },
  args: ['http://ctldl.windowsupdate.com/'],
  faults: [
    {
      kind: 'origin',
      names: ['ctldl.windowsupdate.com'],
      behaviour: { http: { status: 302, headers: { location: 'http://www.elsewhere.example/' } } },
    },
  ],
  expect: { rootCauses: [], exit: 0, asks: ['neutral-request'] },
};
