/** What waits in the spool of a watch is tried again between its looks, ever more slowly, and not before it was asked for. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.ts';
import { createEnding } from '../../src/cli/ending.ts';
import { formatsOf } from '../../src/cli/formats.ts';
import type { Io } from '../../src/cli/io.ts';
import { type Options, resolveOptions } from '../../src/cli/options.ts';
import { openSender } from '../../src/cli/send.ts';
import { createHost } from '../../src/cli/watch-host.ts';
import { systemClock } from '../../src/clock.ts';
import { createCredentialGuard } from '../../src/proxy/lockout.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { mostUnpacked } from '../../src/send/message.ts';
import { openStore } from '../../src/store/open.ts';
import { watchOn } from '../../src/watch/loop.ts';
import { scopeOf } from '../../src/watch/scope.ts';
import { badReport, goodReport, named } from '../collect/world.ts';
import { temporaryFolder } from '../real/parts.ts';

const start = Date.parse('2026-11-30T08:00:00Z');
const [minute, hour] = [60_000, 3_600_000];
const time = { wall: start };
/** What the collector does now; `away`: something else answers in its place. */
let answer: 'away' | 'taken' | { readonly status: number; readonly retryAfter: number } = 'away';
/** When it was posted to, in minutes from the start. */
let posts: number[] = [];
let server: Server;
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(async () => {
  time.wall = start;
  answer = 'away';
  posts = [];
  folder = temporaryFolder();
  server = createServer((request, response) => {
    posts.push(Math.round((time.wall - start) / minute));
    request.resume().on('end', () => {
      if (answer === 'away') response.writeHead(500).end();
      else if (answer === 'taken') response.end(JSON.stringify({ wayclear: 1, results: ['stored'] }));
      else response.writeHead(answer.status, { 'retry-after': String(answer.retryAfter) }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  folder.close();
});

async function setUp(): Promise<{ readonly io: Io; readonly options: Options; readonly told: string[] }> {
  const place = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const args = ['watch', '127.0.0.1:1', '--every', '24h', '--proxy', 'direct', '--quiet'];
  const all = [...args, '--send', place, '--state', join(folder.path, 'state')];
  const clock = { now: () => time.wall - start, wall: () => time.wall };
  const ending = createEnding(systemClock);
  ending.leaveOpen();
  const none = { isTTY: false, columns: null };
  const told: string[] = [];
  const io: Io = {
    ...{ args: all, env: {}, cwd: folder.path, platform: process.platform, clock, ending },
    stdout: { ...none, write: async () => {} },
    stderr: { ...none, write: (text) => void told.push(text) },
    ...{ readStdin: async () => '', secrets: createSecrets(), guard: createCredentialGuard(clock) },
  };
  const parsed = await parseArguments(all, 'en');
  if (parsed.kind === 'help') throw new TypeError(parsed.text);
  const options = resolveOptions({
    ...{ command: 'watch', what: parsed.words, configs: [], env: {}, formats: formatsOf('watch') },
    flags: { source: 'flag', values: parsed.flags, where: (name) => `--${name}` },
  });
  return { io, options, told };
}

async function sender() {
  const { io, options, told } = await setUp();
  const opened = await openSender(io, options, 24 * hour);
  if (opened === null) throw new Error('it has a place to send to');
  return { ...opened, told };
}

describe('what waits', () => {
  it('is tried after 1, 2, 5, 15 and 60 minutes, then hourly, until it is taken', async () => {
    const { send, again, told } = await sender();
    await send(goodReport());
    for (time.wall += 1000; time.wall < start + 4 * hour; time.wall += 10_000) await again();
    expect(posts.map((at, index) => at - (posts[index - 1] ?? 0))).toEqual([0, 1, 2, 5, 15, 60, 60, 60]);
    expect(told.filter((line) => line.includes('one message waits in the spool'))).toHaveLength(8);
    answer = 'taken';
    time.wall += hour;
    expect(await again()).toBeNull();
    for (let count = 0; count < 100; count += 1, time.wall += hour) await again();
    expect(posts).toHaveLength(9);
    // What waits next begins anew.
    answer = 'away';
    await send(goodReport());
    expect(await again()).toBe(time.wall + minute);
  });

  it.each([429, 503])(
    'is not tried before a %i asked for it, by another watch of this machine neither',
    async (status) => {
      const { send, again } = await sender();
      answer = { status, retryAfter: 3 * 3600 };
      await send(goodReport());
      expect(await again()).toBe(start + 3 * hour);
      time.wall += 3 * hour - 1000;
      await again();
      await (await sender()).again();
      expect(posts).toEqual([0]);
      answer = 'taken';
      time.wall += 1000;
      expect(await again()).toBeNull();
      expect(posts).toEqual([0, 180]);
    },
  );

  it('is tried when a watch begins anew, and waits for ever for no clock that was set back', async () => {
    const first = await sender();
    await first.send(badReport());
    time.wall += 1000;
    await (await sender()).again();
    expect(posts).toHaveLength(2);
    time.wall -= 400 * 24 * hour;
    await first.again();
    expect(posts).toHaveLength(3);
  });

  it('goes as a summary where no collector would take the whole of it', async () => {
    const { send } = await sender();
    const options = { ...badReport().options, pad: 'x'.repeat(mostUnpacked) };
    await send({ ...badReport(), options });
    const spool = join(folder.path, 'state', 'spool');
    const [kept = ''] = readdirSync(spool).filter((name) => name.endsWith('.bad'));
    expect(JSON.parse(readFileSync(join(spool, kept), 'utf8').split('\n')[0] ?? '')).toMatchObject({
      detail: 'summary',
    });
  }, 120_000);

  it('is nothing where no report was sent', async () => {
    expect(await (await sender()).again()).toBeNull();
    expect(posts).toEqual([]);
  });
});

it('a watch that looks daily hands over what a collector missed within an hour of its being back', async () => {
  const { io, options } = await setUp();
  const store = await openStore(join(folder.path, 'watch.db'));
  const opened = await openSender(io, options, 24 * hour);
  const host = createHost(io, options, store, { ways: [], sender: opened });
  let looks = 0;
  await watchOn(
    {
      ...host,
      changes: async () => null,
      look: async () => {
        looks += 1;
        return { report: named(goodReport(), 'bonn-1', { startedAt: new Date(time.wall).toISOString() }), facts: [] };
      },
      sleep: async (ms) => {
        time.wall += ms;
        if (time.wall > start + hour) answer = 'taken';
      },
      stopped: () => time.wall > start + 3 * hour,
    },
    {
      ...{ name: 'bonn-1', scope: scopeOf(goodReport()), holder: 'me', isGone: () => false, machineId: 'm' },
      ...{ routes: [], confirm: 2 },
      ...{ everyMs: 24 * hour, windows: [], keepMs: null, keepBytes: null },
    },
  );
  await store.close();
  expect(looks).toBe(1);
  expect(posts.at(-1)).toBeGreaterThan(60);
  expect(posts.at(-1)).toBeLessThan(120);
  expect(posts).toHaveLength(6);
});
