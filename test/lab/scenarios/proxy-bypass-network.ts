import type { ScenarioFile } from '../scenario.ts';

/** The bypass list holds the network inside, and clients use names: the proxy has no way back in. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'azure-services', 'pac.corp.example:8080'],
  env: {
    HTTPS_PROXY: 'http://proxy.corp.example:3128',
    HTTP_PROXY: 'http://proxy.corp.example:3128',
    NO_PROXY: 'localhost,127.0.0.1,10.77.0.0/16',
  },
  faults: [
    { kind: 'pac', text: 'function FindProxyForURL() { return "DIRECT"; }' },
    {
      kind: 'proxy',
      port: 3128,
      behaviour: { type: 'status', status: 504, headers: { via: '1.1 proxy' }, names: ['*.corp.example'] },
    },
  ],
  expect: {
    rootCauses: [
      {
        cause: 'proxy.bypass-mistake',
        targets: '/^pac\\.corp\\.example$/',
        confidence: 'high',
        evidence: '/a network there matches addresses, not names/',
      },
    ],
    exit: 1,
  },
};
