import type { ScenarioFile } from '../scenario.ts';

/** The proxy is to hand everything to another one, which is not there. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'squid', port: 3128, mode: 'parent' }],
  expect: { rootCauses: [{ cause: 'proxy.upstream-unreachable', targets: 'all' }], exit: 1 },
};
