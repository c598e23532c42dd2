import type { ScenarioFile } from '../scenario.ts';

/** Everything that is asked for is dropped, and the rest of the internet is not. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'packets',
      action: 'drop',
      to: { features: ['windows-servicing', 'url-forwarding', 'azure-services'] },
    },
  ],
  expect: { rootCauses: [{ cause: 'tcp.dropped', targets: 'all' }], exit: 1 },
};
