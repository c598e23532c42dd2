import type { ScenarioFile } from '../scenario.ts';

/** A public host that leads inside by a private endpoint, where an installed authority opens its sessions. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    { kind: 'name', names: ['management.azure.com'], answer: { privateLink: true } },
    { kind: 'inspection', by: 'box', authority: 'company', names: ['management.azure.com'] },
    { kind: 'machine-store', add: ['company'] },
  ],
  expect: { rootCauses: [{ cause: 'tls.inspection', targets: '/^(management\\.azure\\.com)$/' }], exit: 0 },
};
