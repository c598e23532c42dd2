import type { ScenarioFile } from '../scenario.ts';

/** The proxy lets nobody through. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'squid', port: 3128, mode: 'deny' }],
  expect: { rootCauses: [{ cause: 'proxy.denied', targets: 'all' }], exit: 1 },
};
