import type { ScenarioFile } from '../scenario.ts';

/** What discovery finds is a web page: everybody goes directly, where nothing is closed, until somebody needs the proxy. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'discovery' }, { kind: 'pac', at: 'wpad', text: '<html><body>Sign in</body></html>' }],
  expect: { rootCauses: [{ cause: 'proxy.pac-invalid', targets: 'all' }], exit: 0 },
};
