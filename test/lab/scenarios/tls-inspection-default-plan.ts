import type { ScenarioFile } from '../scenario.ts';

/** The run without arguments where an authority that this machine does not trust opens TLS on the way. */
export const scenario: ScenarioFile = {
  faults: [{ kind: 'inspection', by: 'squid', authority: 'company' }],
  expect: {
    rootCauses: [
      { cause: 'tls.inspection', targets: '/\\.manage\\.microsoft\\.com$/', evidence: '/vendor does not support/' },
      {
        cause: 'tls.inspection',
        targets:
          '/^(aka\\.ms|management\\.azure\\.com|dc\\.services\\.visualstudio\\.com|.+\\.blob\\.core\\.windows\\.net|umwatsonc\\.events\\.data\\.microsoft\\.com|(definitionupdates|dl\\.delivery\\.mp|download|download\\.visualstudio|go|graph)\\.microsoft\\.com)$/',
      },
    ],
    exit: 1,
  },
};
