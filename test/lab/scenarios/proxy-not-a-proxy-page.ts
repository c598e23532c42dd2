import type { ScenarioFile } from '../scenario.ts';

/** What is set as proxy is a web server that answers whatever it is asked with its start page. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    {
      kind: 'proxy',
      port: 3128,
      behaviour: {
        type: 'status',
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html><head><title>Welcome</title></head><body>It works</body></html>',
      },
    },
  ],
  expect: {
    rootCauses: [{ cause: 'proxy.not-a-proxy', targets: 'all', shared: 'proxy.corp.example:3128' }],
    exit: 1,
  },
};
