import type { ScenarioFile } from '../scenario.ts';

/** The proxy refuses plain requests by a page that names nobody; nothing is tried but what decides whether it is the proxy's. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128', '--no-experiments'],
  faults: [
    {
      kind: 'proxy',
      port: 3128,
      behaviour: {
        type: 'status',
        status: 403,
        headers: { 'content-type': 'text/html' },
        body: '<html><head><title>Not allowed</title></head><body>This request is not allowed.</body></html>',
        names: ['ctldl.windowsupdate.com', 'crl3.digicert.com'],
      },
    },
  ],
  expect: {
    rootCauses: [
      { cause: 'proxy.denied', targets: '/^(ctldl\\.windowsupdate\\.com|crl3\\.digicert\\.com)$/', confidence: 'high' },
    ],
    exit: 0,
  },
};
