import type { ScenarioFile } from '../scenario.ts';

/** TLS is opened on the way by an authority that this machine does not trust. */
export const scenario: ScenarioFile = {
  args: ['tenant-attach'],
  faults: [{ kind: 'inspection', by: 'squid', authority: 'company' }],
  expect: {
    rootCauses: [
      { cause: 'tls.inspection', targets: '/\\.manage\\.microsoft\\.com$/', evidence: '/vendor does not support/' },
      { cause: 'tls.inspection', targets: '/^(aka\\.ms|dc\\.services\\.visualstudio\\.com)$/' },
    ],
    exit: 1,
  },
};
