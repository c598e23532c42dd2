import { createSecureServer } from 'node:http2';
import { afterEach, describe, expect, it } from 'vitest';
import type { Origin } from '../../../src/demo/listen.ts';
import { alerting } from '../../../src/demo/origins-tls.ts';
import { certificate, walk } from '../attempt-kit.ts';

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A server that speaks HTTP/2 and refuses every other protocol by alert 120. */
async function http2Origin(): Promise<Origin> {
  const counts = { connections: 0, hellos: 0, requests: 0 };
  const server = createSecureServer({ cert: certificate.chainPem, key: certificate.keyPem }, (_request, response) => {
    counts.requests += 1;
    response.writeHead(404, { 'content-type': 'text/plain', 'x-service': 'yes' });
    response.end('nothing here');
  });
  server.on('connection', () => {
    counts.connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  const place = server.address();
  const port = typeof place === 'object' && place !== null ? place.port : 0;
  return { address: '127.0.0.1', port, counts, close: async () => void server.close() };
}

describe('an origin of HTTP/2 alone', () => {
  it('is asked again in HTTP/2, once, when it refuses HTTP/1.1', async () => {
    const origin = await http2Origin();
    const { attempt } = await walk(origin);
    expect(attempt.tls).toMatchObject({ status: 'passed', value: { alpn: 'h2' } });
    expect(attempt.http).toMatchObject({
      status: 'passed',
      value: { status: 404, bodyExcerpt: 'nothing here', bodyEnd: 'complete' },
    });
    expect(origin.counts).toMatchObject({ connections: 2, requests: 1 });
  });

  it('that refuses HTTP/2 as well keeps its refusal', async () => {
    const origin = await alerting({ alert: 120 });
    open.push(origin);
    const { attempt } = await walk(origin);
    expect(attempt.tls).toMatchObject({ status: 'failed', failure: { code: 'tls.alert', alert: 120 } });
    expect(origin.counts.connections).toBe(2);
  });

  it('is nobody who refuses the handshake in another way', async () => {
    const origin = await alerting({ alert: 40 });
    open.push(origin);
    await walk(origin);
    expect(origin.counts.connections).toBe(1);
  });
});
