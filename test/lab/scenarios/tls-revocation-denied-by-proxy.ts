import type { ScenarioFile } from '../scenario.ts';

/** The proxy refuses the revocation servers with a page of its own. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    {
      kind: 'proxy',
      port: 3128,
      behaviour: {
        type: 'status',
        status: 403,
        headers: { 'content-type': 'text/plain' },
        body: 'not allowed',
        names: ['*.trust-services.example'],
      },
    },
  ],
  expect: { rootCauses: [{ cause: 'tls.revocation-unreachable', targets: 'all' }], exit: 0 },
};
