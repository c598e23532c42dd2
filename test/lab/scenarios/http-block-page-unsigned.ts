import type { ScenarioFile } from '../scenario.ts';

/** A filter that names nobody answers plain HTTP for unrelated domains, whatever host is asked for there. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [
    {
      kind: 'origin',
      names: ['crl3.digicert.com', 'ctldl.windowsupdate.com'],
      ports: [80],
      behaviour: {
        http: {
          status: 503,
          headers: { 'content-type': 'text/html' },
          body: '<html><head><title>Not now</title></head><body>This site is blocked by your administrator.</body></html>',
        },
      },
    },
  ],
  expect: {
    rootCauses: [{ cause: 'http.block-page', targets: '/^(crl3\\.digicert\\.com|ctldl\\.windowsupdate\\.com)$/' }],
    exit: 0,
  },
};
