import type { ScenarioFile } from '../scenario.ts';

/** Four redirects over other hosts, all open. */
export const scenario: ScenarioFile = {
  world: { names: ['one.hops.example', 'two.hops.example', 'three.hops.example', 'four.hops.example'] },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'origin',
      names: ['go.microsoft.com'],
      behaviour: { http: { status: 302, headers: { location: 'https://one.hops.example/' } } },
    },
    {
      kind: 'origin',
      names: ['one.hops.example'],
      behaviour: { http: { status: 301, headers: { location: 'https://two.hops.example/' } } },
    },
    {
      kind: 'origin',
      names: ['two.hops.example'],
      behaviour: { http: { status: 301, headers: { location: 'https://three.hops.example/' } } },
    },
    {
      kind: 'origin',
      names: ['three.hops.example'],
      behaviour: { http: { status: 301, headers: { location: 'https://four.hops.example/' } } },
    },
  ],
  expect: { rootCauses: [], exit: 0 },
};
