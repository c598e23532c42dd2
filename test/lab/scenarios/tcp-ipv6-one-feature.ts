import type { ScenarioFile } from '../scenario.ts';

/** The hosts of one feature are dropped over IPv6 alone. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'drop', to: { family: 6, features: ['url-forwarding'] } }],
  expect: {
    rootCauses: [{ cause: 'tcp.partly-blocked', targets: '/^(go\\.microsoft\\.com|aka\\.ms)$/', shared: 'IPv6' }],
    exit: 0,
  },
};
