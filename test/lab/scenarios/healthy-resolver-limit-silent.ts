import type { ScenarioFile } from '../scenario.ts';

/** The resolver leaves unanswered what goes beyond twenty questions a second. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach', 'windows-servicing', 'url-forwarding', 'azure-services', 'updates-and-servicing'],
  faults: [{ kind: 'name', answer: 'silent', abovePerSecond: 20 }],
  expect: {
    rootCauses: [],
    exit: 0,
    asks: ['head'],
  },
};
