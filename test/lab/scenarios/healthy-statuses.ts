import type { ScenarioFile } from '../scenario.ts';

/** Origins that answer 401, 403, 404 and 503 are reached. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'origin',
      names: ['go.microsoft.com'],
      behaviour: { http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } },
    },
    {
      kind: 'origin',
      names: ['download.microsoft.com'],
      behaviour: { http: { status: 403, body: '<html><title>Access denied</title><body>Access denied</body></html>' } },
    },
    { kind: 'origin', names: ['aka.ms'], behaviour: { http: { status: 404 } } },
    { kind: 'origin', names: ['management.azure.com'], behaviour: { http: { status: 503 } } },
  ],
  expect: { rootCauses: [], exit: 0 },
};
