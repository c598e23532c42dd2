import type { ScenarioFile } from '../scenario.ts';

/** The configured proxy has no address. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://old-proxy.corp.example:3128'],
  faults: [],
  expect: { rootCauses: [{ cause: 'proxy.name-not-found', targets: 'all' }], exit: 1 },
};
