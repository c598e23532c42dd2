import type { ScenarioFile } from '../scenario.ts';

/** The proxy answers a plain request with the way to a page of its own. */
export const scenario: ScenarioFile = {
  args: ['http://ctldl.windowsupdate.com/', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    {
      kind: 'proxy',
      port: 3128,
      behaviour: {
        type: 'status',
        status: 302,
        headers: { location: 'http://intranet.corp.example/policy' },
        names: ['ctldl.windowsupdate.com'],
      },
    },
  ],
  expect: { rootCauses: [{ cause: 'proxy.denied', targets: '/^ctldl\\.windowsupdate\\.com$/' }], exit: 1 },
};
