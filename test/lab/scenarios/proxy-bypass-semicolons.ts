import type { ScenarioFile } from '../scenario.ts';

/** The bypass list has semicolons, so that it names nobody: a host inside goes through the proxy, which does not lead back in. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'azure-services', 'pac.corp.example:8080'],
  env: {
    HTTPS_PROXY: 'http://proxy.corp.example:3128',
    HTTP_PROXY: 'http://proxy.corp.example:3128',
    NO_PROXY: 'localhost;127.0.0.1;.corp.example',
  },
  faults: [
    { kind: 'pac', text: 'function FindProxyForURL() { return "DIRECT"; }' },
    {
      kind: 'proxy',
      port: 3128,
      behaviour: { type: 'status', status: 403, headers: { via: '1.1 proxy' }, names: ['*.corp.example'] },
    },
  ],
  expect: {
    rootCauses: [
      {
        cause: 'proxy.bypass-mistake',
        targets: '/^pac\\.corp\\.example$/',
        confidence: 'high',
        evidence: '/entry localhost;127\\.0\\.0\\.1;\\.corp\\.example: the separator/',
      },
    ],
    exit: 1,
  },
};
