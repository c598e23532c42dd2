import type { ScenarioFile } from '../scenario.ts';

/** Nothing listens at the configured proxy. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [],
  expect: { rootCauses: [{ cause: 'proxy.unreachable', targets: 'all' }], exit: 1 },
};
