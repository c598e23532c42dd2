import type { ScenarioFile } from '../scenario.ts';

/** The resolver leads all names to the server of a filter, which has a good certificate of its own. */
export const scenario: ScenarioFile = {
  world: { names: ['blocked.filter.example'] },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'name',
      names: [
        'go.microsoft.com',
        'download.microsoft.com',
        'dl.delivery.mp.microsoft.com',
        'aka.ms',
        'management.azure.com',
      ],
      answer: { cname: 'blocked.filter.example' },
    },
  ],
  expect: { rootCauses: [{ cause: 'dns.redirected', targets: 'all' }], exit: 1 },
};
