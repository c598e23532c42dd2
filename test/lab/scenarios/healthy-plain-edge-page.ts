import type { ScenarioFile } from '../scenario.ts';

/**
 * The edge of a content network that names itself nowhere but in its aliases answers for two unrelated domains with the page
 * that it has for whatever it does not know; two other origins have the page that their software came with.
 */
export const scenario: ScenarioFile = {
  world: { names: ['e1.edges.example', 'e2.edges.example'] },
  args: ['tenant-attach'],
  faults: [
    { kind: 'name', names: ['crl3.digicert.com'], answer: { cname: 'e1.edges.example' } },
    { kind: 'name', names: ['ctldl.windowsupdate.com'], answer: { cname: 'e2.edges.example' } },
    {
      kind: 'origin',
      names: ['e1.edges.example', 'e2.edges.example'],
      ports: [80],
      behaviour: {
        http: {
          status: 404,
          headers: { 'content-type': 'text/html' },
          body: '<html><head><title>Nothing</title></head><body>No customer of ours has this document.</body></html>',
        },
      },
    },
    {
      kind: 'origin',
      names: ['crl4.digicert.com', 'www.microsoft.com'],
      ports: [80],
      behaviour: {
        http: {
          status: 404,
          headers: { 'content-type': 'text/html', server: 'nginx' },
          body: '<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center><hr><center>nginx</center></body></html>',
        },
      },
    },
  ],
  expect: { rootCauses: [], exit: 0, asks: ['body', 'neutral-request'] },
};
