import type { ScenarioFile } from '../scenario.ts';

/** A filter answers plain HTTP for two domains, some of whose files are asked for by HEAD: only their page says that it is one. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [
    {
      kind: 'origin',
      names: ['crl3.digicert.com', 'crl4.digicert.com', 'ctldl.windowsupdate.com'],
      ports: [80],
      behaviour: {
        http: {
          status: 403,
          headers: { server: 'filter' },
          body: '<html><head><title>Web Page Blocked</title></head><body>FortiGuard Web Filtering<br>Powered By Fortinet<br>Category: Information Technology</body></html>',
        },
      },
    },
  ],
  expect: {
    rootCauses: [{ cause: 'http.block-page', targets: '/^(crl[34]\\.digicert\\.com|ctldl\\.windowsupdate\\.com)$/' }],
    exit: 0,
  },
};
