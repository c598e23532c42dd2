import type { ScenarioFile } from '../scenario.ts';

/** As many descriptors as some systems give, and more hosts than that, none of them quick. */
export const scenario: ScenarioFile = {
  world: { openFiles: 256, crowd: 300 },
  args: ['--targets', '@CROWD@'],
  faults: [{ kind: 'origin', names: ['*.crowd.example'], behaviour: { http: { delayMs: 1500 } } }],
  expect: { rootCauses: [], exit: 0, summary: { reachable: 300 } },
};
