import type { ScenarioFile } from '../scenario.ts';

/** A filter answers plain HTTP with its page. */
export const scenario: ScenarioFile = {
  args: ['software-updates', '--only', 'download.*.com'],
  faults: [
    {
      kind: 'origin',
      names: ['download.windowsupdate.com'],
      ports: [80],
      behaviour: {
        http: {
          status: 403,
          body: '<html><head><title>Web Page Blocked</title></head><body>FortiGuard Web Filtering<br>Powered By Fortinet<br>Category: Information Technology</body></html>',
        },
      },
    },
  ],
  expect: { rootCauses: [{ cause: 'http.block-page', targets: '/^(download\\.windowsupdate\\.com)$/' }], exit: 1 },
};
