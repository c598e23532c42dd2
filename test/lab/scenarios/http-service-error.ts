import type { ScenarioFile } from '../scenario.ts';

/** The service's own content network says that the service is out of order. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'origin',
      names: ['go.microsoft.com'],
      behaviour: { http: { status: 502, headers: { 'x-azure-ref': '0lab' } } },
    },
  ],
  expect: { rootCauses: [{ cause: 'http.service-error', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
