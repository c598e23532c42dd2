import type { ScenarioFile } from '../scenario.ts';

/** Packets over 1,300 bytes vanish on the way to the client. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'narrow-link', mtu: 1300 }],
  expect: { rootCauses: [{ cause: 'tls.mtu-black-hole', targets: 'all' }], exit: 1 },
};
