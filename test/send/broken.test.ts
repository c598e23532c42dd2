/** A connection to a collector that breaks is no reason to wait for the next look. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '../../src/send/deliver.ts';
import { openSpool } from '../../src/send/spool.ts';
import { createKey } from '../../src/signed/keys.ts';
import { goodReport, message } from '../collect/world.ts';

let folder = '';
const clock = { now: () => 0, wall: () => Date.parse('2026-11-30T08:00:00Z') };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-broken-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** One message for a collector that breaks so many connections before it answers; how many it saw, and what was said. */
async function sentPast(broken: number) {
  let posts = 0;
  const server = createServer((request, response) => {
    posts += 1;
    if (posts <= broken) return void request.socket.resetAndDestroy();
    response.end(JSON.stringify({ wayclear: 1, results: ['stored'] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const spool = openSpool(join(folder, 'spool'), clock);
  spool.put(spool.nextSeq(), message(goodReport(), createKey(), 1), true);
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const said = await deliver(spool, [{ place: { kind: 'collector', url }, shown: url.href }], 'k', clock, {
    signal: new AbortController().signal,
    through: async () => null,
    lookup: (_name, _options, done) => done(null, '127.0.0.1', 4),
    ca: [],
    cover: () => '',
    output: async () => undefined,
  });
  await new Promise((resolve) => server.close(resolve));
  return { posts, said };
}

describe('a connection to a collector that breaks', () => {
  it('is made once more', async () => {
    expect(await sentPast(1)).toEqual({ posts: 2, said: { sent: 1, refused: 0, waiting: 0, troubles: [] } });
  });

  it('is not made for ever, and nothing is dropped', async () => {
    const { posts, said } = await sentPast(9);
    expect(posts).toBe(2);
    expect(said).toMatchObject({ sent: 0, refused: 0, waiting: 1, troubles: [{ why: 'ECONNRESET' }] });
  });
});
