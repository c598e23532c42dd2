import type { ScenarioFile } from '../scenario.ts';

/** A proxy that gets the right password. */
export const scenario: ScenarioFile = {
  args: [
    'windows-servicing',
    'url-forwarding',
    'azure-services',
    '--proxy',
    'http://proxy.corp.example:3128',
    '--proxy-user',
    'alice',
  ],
  env: { WAYCLEAR_PROXY_PASSWORD: 's3cret-lab' },
  faults: [
    { kind: 'squid', port: 3128, mode: 'basic' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [], exit: 0 },
};
