import type { ScenarioFile } from '../scenario.ts';

/** An origin forbids a plain request, and squid hands that on with its name. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'squid', port: 3128, mode: 'open' },
    {
      kind: 'origin',
      names: ['crl3.digicert.com'],
      ports: [80],
      behaviour: { http: { status: 403, body: '<html><title>Access denied</title><body>Access denied</body></html>' } },
    },
  ],
  expect: { rootCauses: [], exit: 0, asks: ['tunnel-instead'] },
};
