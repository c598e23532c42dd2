import type { ScenarioFile } from '../scenario.ts';

/** A filter prohibits IPv4 alone; everything has IPv6 as well. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'packets', action: 'prohibited', protocol: 'tcp', to: { family: 4 } }],
  expect: { rootCauses: [{ cause: 'tcp.partly-blocked', targets: 'all', shared: 'IPv4' }], exit: 0 },
};
