import type { ScenarioFile } from '../scenario.ts';

/** Direct egress is closed, the proxy of the environment works and the direct path was asked for. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'direct'],
  env: { HTTPS_PROXY: 'http://proxy.corp.example:3128', HTTP_PROXY: 'http://proxy.corp.example:3128' },
  faults: [
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
  ],
  expect: { rootCauses: [{ cause: 'proxy.required', targets: 'all' }], exit: 1 },
};
