import type { ScenarioFile } from '../scenario.ts';

/** A router says that one host is unreachable. From here that is what an administratively prohibited one looks like, too. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'host-unreachable', to: { names: ['go.microsoft.com'] } }],
  expect: {
    rootCauses: [{ cause: 'tcp.prohibited', targets: '/^(go\\.microsoft\\.com)$/', confidence: 'medium' }],
    exit: 1,
  },
};
