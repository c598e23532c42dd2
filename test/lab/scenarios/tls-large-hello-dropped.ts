import type { ScenarioFile } from '../scenario.ts';

/** A box drops every ClientHello that is large. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--tls-hello', 'large'],
  faults: [{ kind: 'large-hello', overBytes: 900 }],
  expect: { rootCauses: [{ cause: 'tls.large-hello-dropped' }], exit: 1 },
};
