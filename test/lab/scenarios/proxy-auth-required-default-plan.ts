import type { ScenarioFile } from '../scenario.ts';

/** The run without arguments where the proxy wants a password and none was given. */
export const scenario: ScenarioFile = {
  args: ['--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'squid', port: 3128, mode: 'basic' }],
  expect: {
    rootCauses: [{ cause: 'proxy.auth-required', targets: 'all' }],
    exit: 1,
  },
};
