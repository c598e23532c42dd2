import type { ScenarioFile } from '../scenario.ts';

/** The clock is 400 days late, and one host is refused. */
export const scenario: ScenarioFile = {
  world: { skewDays: 400 },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'reset', to: { names: ['go.microsoft.com'] } }],
  expect: {
    rootCauses: [{ cause: 'local.clock-skew' }, { cause: 'tcp.refused', targets: '/^(go\\.microsoft\\.com)$/' }],
    exit: 1,
  },
};
