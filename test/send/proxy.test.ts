/** What stands between a machine and a collector can hold messages back, and not say that they arrived or never will. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { passageTo } from '../../src/probe/passage.ts';
import { deliver } from '../../src/send/deliver.ts';
import { openSpool } from '../../src/send/spool.ts';
import { createKey } from '../../src/signed/keys.ts';
import { goodReport, message } from '../collect/world.ts';
import { proxyRoute } from '../probe/proxied-kit.ts';
import { accessWith } from '../probe/tunnel/proxy-kit.ts';

let folder = '';
let proxy: Server;
const clock = { now: () => 0, wall: () => Date.parse('2026-11-30T08:00:00Z') };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-between-'));
});
afterEach(() => {
  proxy.closeAllConnections();
  proxy.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a proxy that answers in place of the collector', () => {
  it.each([
    ['200 OK', 'stored'],
    ['403 Forbidden', 'stored'],
    ['403 Forbidden', 'revoked'],
    ['403 Forbidden', 'invalid'],
    ['429 Too Many Requests', 'throttled'],
    ['503 Service Unavailable', 'stored'],
  ])('with %s and %s takes nothing, and drops nothing', async (status, result) => {
    proxy = createServer();
    proxy.on('connect', (_request, socket) => {
      socket.on('error', () => undefined);
      const body = JSON.stringify({ wayclear: 1, results: [result] });
      socket.end(
        `HTTP/1.1 ${status}\r\nretry-after: 600000\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const spool = openSpool(join(folder, 'spool'), clock);
    spool.put(spool.nextSeq(), message(goodReport(), createKey(), 1), true);
    const url = new URL('https://collector.example/');
    const { port } = proxy.address() as AddressInfo;
    const around = { env: {}, platform: 'linux', clock: systemClock, dnsServers: [], timeoutMs: 5000, userAgent: 'x' };
    const said = await deliver(spool, [{ place: { kind: 'collector', url }, shown: url.href }], 'k', clock, {
      signal: new AbortController().signal,
      through: (_, signal) =>
        passageTo(
          proxyRoute('127.0.0.1', port),
          { host: url.hostname, port: 443 },
          { ...around, ca: [], signal, access: accessWith(null) },
        ),
      lookup: (_name, _options, done) => done(null, '127.0.0.1', 4),
      ca: [],
      cover: () => '',
      output: async () => undefined,
    });
    expect(said).toMatchObject({ sent: 0, refused: 0, waiting: 1 });
    expect(said.troubles).toHaveLength(1);
    expect(spool.notBefore()).toBe(0);
  });
});
