import type { ScenarioFile } from '../scenario.ts';

/** The name server of a guest network leads every name, the controls as well, to the sign-in page. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [
    { kind: 'portal', https: 'own-certificate' },
    { kind: 'name', answer: { addresses: ['20.40.200.10'] } },
  ],
  expect: { rootCauses: [{ cause: 'http.captive-portal', targets: 'all' }], exit: 1 },
};
