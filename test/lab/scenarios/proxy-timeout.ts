import type { ScenarioFile } from '../scenario.ts';

/** The proxy takes requests and never answers. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'proxy', port: 3128, behaviour: { type: 'silent' } }],
  expect: { rootCauses: [{ cause: 'proxy.timeout', targets: 'all' }], exit: 1 },
};
