import type { ScenarioFile } from '../scenario.ts';

/** The proxy waits in vain for whoever it is asked for, and puts its name to its own errors as to what it hands on. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    {
      kind: 'proxy',
      port: 3128,
      behaviour: {
        type: 'status',
        status: 504,
        headers: { via: '1.1 gateway', 'content-type': 'text/html' },
        body: '<html><head><title>Network message</title></head><body>The connection timed out.</body></html>',
      },
    },
  ],
  expect: { rootCauses: [{ cause: 'proxy.timeout', targets: 'all' }], exit: 1 },
};
