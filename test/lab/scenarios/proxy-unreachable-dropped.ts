import type { ScenarioFile } from '../scenario.ts';

/** A firewall drops what goes to the proxy. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'packets', action: 'drop', to: { prefixes: ['10.77.2.30/32', 'fd77:2::30/128'] } },
  ],
  expect: { rootCauses: [{ cause: 'proxy.unreachable', targets: 'all' }], exit: 1 },
};
