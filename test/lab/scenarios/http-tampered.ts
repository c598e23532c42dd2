import type { ScenarioFile } from '../scenario.ts';

/** A transparent proxy rewrites plain HTTP in both directions. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'http-tamper' }],
  expect: { rootCauses: [{ cause: 'http.tampered' }], exit: 0 },
};
