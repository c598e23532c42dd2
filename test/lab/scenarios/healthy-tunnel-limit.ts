import type { ScenarioFile } from '../scenario.ts';

/** The proxy opens six tunnels at a time and answers 503 to more. */
export const scenario: ScenarioFile = {
  args: [
    'tenant-attach',
    'windows-servicing',
    'url-forwarding',
    'azure-services',
    'updates-and-servicing',
    '--proxy',
    'http://proxy.corp.example:3128',
  ],
  faults: [{ kind: 'proxy', port: 3128, behaviour: { type: 'few-tunnels', most: 6 } }],
  expect: {
    rootCauses: [],
    exit: 0,
    asks: ['head', 'wildcard-name'],
  },
};
