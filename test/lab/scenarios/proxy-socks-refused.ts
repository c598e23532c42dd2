import type { ScenarioFile } from '../scenario.ts';

/** The rules of a SOCKS server forbid the connection. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'socks5h://proxy.corp.example:3128'],
  faults: [{ kind: 'proxy', port: 3128, behaviour: { type: 'socks5', reply: 2 } }],
  expect: { rootCauses: [{ cause: 'proxy.socks-refused', targets: 'all' }], exit: 1 },
};
