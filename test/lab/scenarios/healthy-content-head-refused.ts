import type { ScenarioFile } from '../scenario.ts';

/** A download comes by GET, and HEAD is refused: a remark, no finding. */
export const scenario: ScenarioFile = {
  args: ['updates-and-servicing'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { head: 'refused' } } }],
  expect: {
    rootCauses: [],
    exit: 0,
    asks: ['head'],
    warns: ['content-head'],
  },
};
