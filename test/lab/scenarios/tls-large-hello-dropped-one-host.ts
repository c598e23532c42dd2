import type { ScenarioFile } from '../scenario.ts';

/** One host's load balancer drops large ClientHellos. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--tls-hello', 'large'],
  faults: [{ kind: 'large-hello', overBytes: 900, to: { names: ['go.microsoft.com'] } }],
  expect: { rootCauses: [{ cause: 'tls.large-hello-dropped', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
