import type { ScenarioFile } from '../scenario.ts';

/** Another service listens where the proxy should. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'proxy', port: 3128, behaviour: { type: 'not-http' } }],
  expect: { rootCauses: [{ cause: 'proxy.not-a-proxy', targets: 'all' }], exit: 1 },
};
