import type { ScenarioFile } from '../scenario.ts';

const page = '<html><head><title>Nothing</title></head><body>We do not serve this document any longer.</body></html>';

/** Origins say 404, two of them with one page, and 503 by themselves, and squid hands that on with its name. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'squid', port: 3128, mode: 'open' },
    {
      kind: 'origin',
      names: ['crl3.digicert.com', 'www.microsoft.com'],
      ports: [80],
      behaviour: { http: { status: 404, headers: { 'content-type': 'text/html' }, body: page } },
    },
    { kind: 'origin', names: ['ctldl.windowsupdate.com'], ports: [80], behaviour: { http: { status: 503 } } },
  ],
  expect: {
    rootCauses: [],
    exit: 0,
    asks: ['tunnel-instead', 'made-up-host', 'body'],
  },
};
