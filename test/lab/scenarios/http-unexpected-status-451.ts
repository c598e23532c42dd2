import type { ScenarioFile } from '../scenario.ts';

/** The origin itself says that it may not serve this country. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { http: { status: 451 } } }],
  expect: { rootCauses: [{ cause: 'http.unexpected-status', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
