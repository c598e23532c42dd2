import type { ScenarioFile } from '../scenario.ts';

/** A firewall that shuts out whoever scans, and 300 hosts at as many addresses. */
export const scenario: ScenarioFile = {
  world: { crowd: 300, families: [4] },
  args: ['--targets', '@CROWD@'],
  faults: [{ kind: 'intrusion-detector', perSecond: 1000, burst: 10 }],
  expect: { rootCauses: [], exit: 0, summary: { reachable: 300 } },
};
