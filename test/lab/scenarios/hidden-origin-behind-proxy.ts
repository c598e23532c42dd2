import type { ScenarioFile } from '../scenario.ts';

/** The proxy is dead, and an origin is expired. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { certificate: 'expired' } }],
  expect: { rootCauses: [{ cause: 'proxy.unreachable', targets: 'all' }], exit: 1 },
};
