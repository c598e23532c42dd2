import type { ScenarioFile } from '../scenario.ts';

/** The edge of a content network refuses this source address with its own page, under the genuine certificate. */
export const scenario: ScenarioFile = {
  args: ['windows-servicing', 'url-forwarding', 'azure-services'],
  faults: [
    {
      kind: 'origin',
      names: ['management.azure.com', 'go.microsoft.com'],
      ports: [443],
      behaviour: {
        http: {
          status: 403,
          headers: { server: 'AkamaiGHost' },
          body: "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access this on this server.<P>Reference&#32;&#35;18&#46;2d351ab8&#46;1720000000&#46;a4e16ab</BODY></HTML>",
        },
      },
    },
  ],
  expect: { rootCauses: [], exit: 0, warns: ['cdn-edge-denial'], asks: ['body'] },
};
