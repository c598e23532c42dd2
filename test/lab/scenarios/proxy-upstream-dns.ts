import type { ScenarioFile } from '../scenario.ts';

/** The proxy does not find one name. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'squid', port: 3128, mode: 'open' },
    { kind: 'name', names: ['go.microsoft.com'], answer: 'nxdomain' },
  ],
  expect: { rootCauses: [{ cause: 'proxy.upstream-dns', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
