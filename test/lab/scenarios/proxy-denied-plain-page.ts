import type { ScenarioFile } from '../scenario.ts';

/** The proxy answers whatever it is asked for two domains with a page, as if that were what was asked for. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    {
      kind: 'proxy',
      port: 3128,
      behaviour: {
        type: 'status',
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html><head><title>Not here</title></head><body>This site is blocked by your administrator.</body></html>',
        names: ['ctldl.windowsupdate.com', 'crl3.digicert.com'],
      },
    },
  ],
  expect: {
    rootCauses: [{ cause: 'proxy.denied', targets: '/^(ctldl\\.windowsupdate\\.com|crl3\\.digicert\\.com)$/' }],
    exit: 0,
  },
};
