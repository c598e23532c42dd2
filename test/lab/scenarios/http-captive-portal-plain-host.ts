import type { ScenarioFile } from '../scenario.ts';

/** One plain address is asked for, and a sign-in page answers in place of everybody. */
export const scenario: ScenarioFile = {
  args: ['http://ctldl.windowsupdate.com/'],
  world: { names: ['access.lobby.example'] },
  faults: [{ kind: 'portal', https: 'drop', to: 'http://access.lobby.example/start' }],
  expect: { rootCauses: [{ cause: 'http.captive-portal', targets: 'all' }], exit: 1 },
};
