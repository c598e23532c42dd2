import type { ScenarioFile } from '../scenario.ts';

/** A firewall that shuts out whoever scans, and 3,000 hosts at as many addresses. */
export const scenario: ScenarioFile = {
  world: { crowd: 3000, families: [4] },
  args: ['--targets', '@CROWD@', '--deadline', '280s'],
  faults: [{ kind: 'intrusion-detector', perSecond: 1000, burst: 10 }],
  expect: {
    rootCauses: [],
    exit: 0,
    summary: { reachable: 3000 },
  },
};
