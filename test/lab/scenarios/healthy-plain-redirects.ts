import type { ScenarioFile } from '../scenario.ts';

/** Plain addresses of two owners lead to one other site by their own will. */
export const scenario: ScenarioFile = {
  world: { names: ['www.elsewhere.example'] },
  args: ['tenant-attach', 'updates-and-servicing', '--only', '*crl3*', '--only', '*ctldl*'],
  faults: [
    {
      kind: 'origin',
      names: ['ctldl.windowsupdate.com', 'crl3.digicert.com'],
      behaviour: { http: { status: 302, headers: { location: 'https://www.elsewhere.example/' } } },
    },
  ],
  expect: {
    rootCauses: [],
    exit: 0,
    asks: ['neutral-request'],
  },
};
