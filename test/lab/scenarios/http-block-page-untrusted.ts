import type { ScenarioFile } from '../scenario.ts';

/** A filter answers for one host with its page and a certificate that nobody trusts. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'inspection',
      by: 'box',
      authority: 'company',
      names: ['go.microsoft.com'],
      blocked: {
        names: ['go.microsoft.com'],
        status: 403,
        body: '<html><head><title>Web Page Blocked</title></head><body>FortiGuard Web Filtering<br>Powered By Fortinet<br>Category: Information Technology</body></html>',
      },
    },
  ],
  expect: { rootCauses: [{ cause: 'http.block-page', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
