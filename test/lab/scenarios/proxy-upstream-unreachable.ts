import type { ScenarioFile } from '../scenario.ts';

/** A firewall beyond the proxy refuses one host. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'packets', action: 'reset', from: 'proxy', to: { names: ['go.microsoft.com'] } },
  ],
  expect: { rootCauses: [{ cause: 'proxy.upstream-unreachable', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
