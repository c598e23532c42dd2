import type { ScenarioFile } from '../scenario.ts';

/** A box drops every ClientHello that is large. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--tls-hello', 'large'],
  faults: [{ kind: 'large-hello', overBytes: 900 }],
  expect: { rootCauses: [{ cause: 'tls.large-hello-dropped', targets: 'all' }], exit: 1 },
};
