import type { ScenarioFile } from '../scenario.ts';

/** The proxy of the environment, and names that only it resolves. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  env: { HTTPS_PROXY: 'http://proxy.corp.example:3128', HTTP_PROXY: 'http://proxy.corp.example:3128' },
  faults: [
    { kind: 'proxy', port: 3128, behaviour: { type: 'open' } },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [], exit: 0 },
};
