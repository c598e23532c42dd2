import type { ScenarioFile } from '../scenario.ts';

/** The origin wants another protocol. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { status: 426 } } }],
  expect: { rootCauses: [{ cause: 'http.unexpected-status', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
