import type { ScenarioFile } from '../scenario.ts';

/** Another service answers on the port. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [{ kind: 'origin', names: ['go.microsoft.com'], behaviour: { tcp: { banner: 'SSH-2.0-OpenSSH_9.2\r\n' } } }],
  expect: { rootCauses: [{ cause: 'tls.not-tls', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
