import type { ScenarioFile } from '../scenario.ts';

/** A proxy that lets everybody through, and nothing else does. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [], exit: 0 },
};
