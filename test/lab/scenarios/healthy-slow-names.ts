import type { ScenarioFile } from '../scenario.ts';

/** Every answer of the resolver takes a second and a half, and programs wait for five. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'resolv-conf', options: ['timeout:5'] },
    { kind: 'name', answer: { delayMs: 1500 } },
  ],
  expect: { rootCauses: [], exit: 0 },
};
