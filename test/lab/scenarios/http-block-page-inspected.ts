import type { ScenarioFile } from '../scenario.ts';

/** A trusted box that opens TLS answers itself, with a page that names nobody, where the service is documented to say 200. */
export const scenario: ScenarioFile = {
  args: ['m365-endpoint-web-service', 'url-forwarding'],
  faults: [
    {
      kind: 'inspection',
      by: 'box',
      authority: 'company',
      names: ['endpoints.office.com'],
      blocked: {
        names: ['endpoints.office.com'],
        status: 403,
        body: '<html><head><title>Not allowed</title></head><body>This category is not allowed.</body></html>',
      },
    },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: { rootCauses: [{ cause: 'http.block-page', targets: '/^endpoints\\.office\\.com$/' }], exit: 0 },
};
