import type { ScenarioFile } from '../scenario.ts';

/** A filter answers for the hosts of one feature with its own page. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'inspection',
      by: 'box',
      authority: 'company',
      names: ['*.microsoft.com'],
      blocked: {
        names: ['*.microsoft.com'],
        status: 403,
        body: '<html><head><title>Web Page Blocked</title></head><body>FortiGuard Web Filtering<br>Powered By Fortinet<br>Category: Information Technology</body></html>',
      },
    },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: { rootCauses: [{ cause: 'http.block-page', targets: '/\\.microsoft\\.com$/' }], exit: 1 },
};
