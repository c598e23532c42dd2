import type { ScenarioFile } from '../scenario.ts';

/** An installed authority opens everything, and one host gets a page instead. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'inspection',
      by: 'box',
      authority: 'company',
      blocked: {
        names: ['management.azure.com'],
        status: 403,
        body: '<html><head><title>Web Page Blocked</title></head><body>FortiGuard Web Filtering<br>Powered By Fortinet<br>Category: Information Technology</body></html>',
      },
    },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: {
    rootCauses: [
      { cause: 'http.block-page', targets: '/^(management\\.azure\\.com)$/' },
      { cause: 'tls.inspection', targets: '/^(?!.*management-azure-com|management\\.azure\\.com$)/' },
    ],
    exit: 1,
  },
};
