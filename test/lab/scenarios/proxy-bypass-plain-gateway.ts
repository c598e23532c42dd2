import type { ScenarioFile } from '../scenario.ts';

/** The bypass list names nobody: of a plain host inside the proxy says that it is a bad gateway. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'azure-services', 'http://pac.corp.example:8080/proxy.pac'],
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
      behaviour: { type: 'status', status: 502, headers: { via: '1.1 proxy' }, names: ['*.corp.example'] },
    },
  ],
  expect: {
    rootCauses: [{ cause: 'proxy.bypass-mistake', targets: '/^pac\\.corp\\.example$/', confidence: 'high' }],
    exit: 1,
  },
};
