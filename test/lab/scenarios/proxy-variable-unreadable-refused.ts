import type { ScenarioFile } from '../scenario.ts';

/** Nobody can read the proxy variables, and nobody needs them: the direct path is open, and one host refuses on it. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  env: {
    HTTPS_PROXY: 'http://user:p@ss#1@proxy.corp.example:3128',
    HTTP_PROXY: 'http://user:p@ss#1@proxy.corp.example:3128',
  },
  faults: [{ kind: 'packets', action: 'refused', to: { names: ['go.microsoft.com'] } }],
  expect: {
    rootCauses: [{ cause: 'tcp.refused', targets: '/^(go\\.microsoft\\.com)$/' }],
    exit: 1,
    warns: ['proxy-settings'],
  },
};
