import type { ScenarioFile } from '../scenario.ts';

/** For one vendor the proxy never answers, while it leads to the others: it waits for what stands behind these. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services', '--proxy', 'http://proxy.corp.example:3128'],
  faults: [
    { kind: 'packets', action: 'drop', protocol: 'tcp' },
    { kind: 'proxy', port: 3128, behaviour: { type: 'silent', names: ['*.azure.com'] } },
  ],
  expect: { rootCauses: [{ cause: 'proxy.upstream-unreachable', targets: '/\\.azure\\.com$/' }], exit: 1 },
};
