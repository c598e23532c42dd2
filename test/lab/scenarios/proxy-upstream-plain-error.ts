import type { ScenarioFile } from '../scenario.ts';

/** The proxy finds no way to two domains, and answers their plain requests with an error that looks like an origin's. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    {
      kind: 'proxy',
      port: 3128,
      behaviour: {
        type: 'status',
        status: 503,
        headers: { via: '1.1 gateway', 'content-type': 'text/html' },
        body: '<html><head><title>Connect failed</title></head><body>Your request could not be forwarded.</body></html>',
        names: ['ctldl.windowsupdate.com', 'crl3.digicert.com'],
      },
    },
  ],
  expect: {
    rootCauses: [
      { cause: 'proxy.upstream-unreachable', targets: '/^(ctldl\\.windowsupdate\\.com|crl3\\.digicert\\.com)$/' },
    ],
    exit: 0,
  },
};
