import type { ScenarioFile } from '../scenario.ts';

/** A redirect leads to a host that is dropped. */
export const scenario: ScenarioFile = {
  world: { names: ['content.short-links.example'] },
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'origin',
      names: ['go.microsoft.com'],
      behaviour: { http: { status: 302, headers: { location: 'https://content.short-links.example/file' } } },
    },
    { kind: 'packets', action: 'drop', to: { names: ['content.short-links.example'] } },
  ],
  expect: { rootCauses: [{ cause: 'http.redirect-blocked', targets: '/^(go\\.microsoft\\.com)$/' }], exit: 1 },
};
