import type { ScenarioFile } from '../scenario.ts';

/** A network that does not mind large ClientHellos. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--tls-hello', 'large'],
  faults: [],
  expect: { rootCauses: [], exit: 0 },
};
