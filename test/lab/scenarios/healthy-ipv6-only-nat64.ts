import type { ScenarioFile } from '../scenario.ts';

/** IPv6 alone, with NAT64 and DNS64 behind it. */
export const scenario: ScenarioFile = {
  world: { nat64: true },
  args: ['tenant-attach'],
  faults: [],
  expect: { rootCauses: [], exit: 0 },
};
