import type { ScenarioFile } from '../scenario.ts';

/** Something near answers every connection and then says nothing, whatever name is asked for. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'transparent', blocked: ['*'], how: 'stall' }],
  expect: { rootCauses: [{ cause: 'tcp.intercepted', targets: 'all' }], exit: 1 },
};
