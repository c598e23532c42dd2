import type { ScenarioFile } from '../scenario.ts';

/** An origin forbids a plain request, and a proxy that says nothing of itself hands that on. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'proxy', port: 3128, behaviour: { type: 'open' } },
    {
      kind: 'origin',
      names: ['crl3.digicert.com'],
      ports: [80],
      behaviour: { http: { status: 403, body: '<html><title>Access denied</title><body>Access denied</body></html>' } },
    },
  ],
  expect: {
    rootCauses: [],
    exit: 0,
    asks: ['tunnel-instead'],
  },
};
