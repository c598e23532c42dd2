import type { ScenarioFile } from '../scenario.ts';

/** A filter leads plain requests for two owners to its page, and leaves those for others alone. */
export const scenario: ScenarioFile = {
  args: ['http://ctldl.windowsupdate.com/', 'http://crl3.digicert.com/'],
  faults: [
    {
      kind: 'origin',
      names: ['ctldl.windowsupdate.com', 'crl3.digicert.com'],
      behaviour: { http: { status: 302, headers: { location: 'https://filter.corp.example/stop?category=12' } } },
    },
  ],
  expect: { rootCauses: [{ cause: 'http.block-page', targets: 'all', confidence: 'medium' }], exit: 1 },
};
