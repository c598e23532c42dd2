/** A message that is too large for who takes it, or for what stands on the way, keeps no other one back. */
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { mostUnpacked } from '../../src/send/message.ts';
import { goodReport, machine, openWorld, type World } from '../collect/world.ts';
import { temporaryFolder } from '../real/parts.ts';

let world: World;
let share: ReturnType<typeof temporaryFolder>;
beforeEach(async () => {
  world = await openWorld();
  share = temporaryFolder();
});
afterEach(async () => {
  expect(world.faults).toEqual([]);
  share.close();
  await world.close();
});

/** One that says next to nothing, and what says as much as that. */
const short = (pad = ''): Report => ({
  ...goodReport(),
  targets: [],
  observations: { durationMs: 0 } as Report['observations'],
  options: { ...goodReport().options, pad } as Report['options'],
});
const stored = async (): Promise<number> => (await world.store.window(world.time.wall)).stored;

describe('a message that is too large', () => {
  it('for any collector goes, is counted and told, and the others arrive', async () => {
    const bonn = machine(world, 'bonn-1', [world.url]);
    bonn.spool.put(bonn.spool.nextSeq(), `${'x'.repeat(mostUnpacked)}\n`, true);
    for (let count = 0; count < 4; count += 1) bonn.put(goodReport());
    const told = [{ place: world.url, why: 'message-too-large' }];
    expect(await bonn.send()).toEqual({ sent: 4, refused: 1, waiting: 0, troubles: told });
    expect(await stored()).toBe(4);
    // The next one tells the collector.
    expect(bonn.spool.dropped()).toBe(1);
  });

  it('for this collector alone is found among those that it takes', async () => {
    let most = 0;
    const strict = await listening((length, answer) => {
      most = Math.max(most, length);
      return length > 50_000 ? answer(413, JSON.stringify({ wayclear: 1, error: 'too much' })) : answer(200, null);
    });
    const bonn = machine(world, 'bonn-1', [strict.url]);
    for (let count = 0; count < 20; count += 1) bonn.put(short(count === 7 ? noise(80_000) : ''));
    expect(await bonn.send()).toMatchObject({
      sent: 19,
      refused: 1,
      waiting: 0,
      troubles: [{ why: 'message-too-large' }],
    });
    expect(most).toBeGreaterThan(50_000);
    strict.server.close();
  });

  it('for what stands on the way waits, or takes another way', async () => {
    const narrow = await listening((length, answer) =>
      length > 50_000 ? answer(413, '<h1>Request Entity Too Large</h1>') : answer(200, null),
    );
    const bonn = machine(world, 'bonn-1', [narrow.url]);
    for (let count = 0; count < 5; count += 1) bonn.put(short(count === 0 ? noise(80_000) : ''));
    const held = { sent: 4, refused: 0, waiting: 1, troubles: [{ place: narrow.url, why: 'large-on-the-way' }] };
    expect(await bonn.send()).toEqual(held);
    expect(bonn.spool.dropped()).toBe(0);
    const lyon = machine(world, 'lyon-1', [narrow.url, share.path]);
    lyon.put(short(noise(80_000)));
    lyon.put(short());
    expect(await lyon.send()).toMatchObject({ sent: 2, waiting: 0 });
    expect(readdirSync(share.path)).toHaveLength(1);
    narrow.server.close();
  });
});

/** What hardly packs. */
function noise(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join('');
}

type Answering = (status: number, body: string | null) => void;

/** Answers each post by how long it is; with null as a collector that takes all that is in it. */
async function listening(
  said: (length: number, answer: Answering) => void,
): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const count = gunzipSync(body).toString().split('\n{"signature":').length - 1;
    const taken = JSON.stringify({ wayclear: 1, results: Array.from({ length: count }, () => 'stored') });
    said(body.length, (status, text) => void response.writeHead(status).end(text ?? taken));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
