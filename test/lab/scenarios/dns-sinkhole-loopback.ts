import type { ScenarioFile } from '../scenario.ts';

/** A filter sends one name to this machine itself. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'name', names: ['go.microsoft.com'], answer: { addresses: ['127.0.0.1', '::1'] } }],
  expect: { rootCauses: [{ cause: 'dns.sinkhole', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
