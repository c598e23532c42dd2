import type { ScenarioFile } from '../scenario.ts';

/** Every answer takes a second and a half, and programs wait for one. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'resolv-conf', options: ['timeout:1', 'attempts:2'] },
    { kind: 'name', answer: { delayMs: 1500 } },
  ],
  expect: {
    rootCauses: [{ cause: 'dns.timeout', targets: 'all', confidence: 'high', evidence: '/1000 ms/' }],
    exit: 1,
  },
};
