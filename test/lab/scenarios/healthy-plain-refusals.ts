import type { ScenarioFile } from '../scenario.ts';

/** Origins refuse HEAD over plain HTTP with pages of their own: 403, 404, 405 and an overloaded 503. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [
    {
      kind: 'origin',
      names: ['crl3.digicert.com'],
      ports: [80],
      behaviour: { http: { status: 403, body: '<html><title>Access denied</title><body>Access denied</body></html>' } },
    },
    { kind: 'origin', names: ['crl4.digicert.com'], ports: [80], behaviour: { http: { status: 404 } } },
    { kind: 'origin', names: ['crl.microsoft.com'], ports: [80], behaviour: { http: { status: 405 } } },
    { kind: 'origin', names: ['ctldl.windowsupdate.com'], ports: [80], behaviour: { http: { status: 503 } } },
  ],
  expect: { rootCauses: [], exit: 0, asks: ['body'] },
};
