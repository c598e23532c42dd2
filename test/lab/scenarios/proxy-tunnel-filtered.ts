import type { ScenarioFile } from '../scenario.ts';

/** The proxy gives tunnels and resets what it does not like in them: whatever the name, and whatever the version. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [{ kind: 'proxy', port: 3128, behaviour: { type: 'reset-in-tunnel' } }],
  expect: {
    rootCauses: [{ cause: 'tls.reset', targets: 'all', confidence: 'high' }],
    exit: 1,
  },
};
