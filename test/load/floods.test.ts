/** Connections that hold a collector up: whoever has them all gets no more, and machines elsewhere are heard meanwhile. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/signed/keys.ts';
import { signLines } from '../../src/signed/signed-lines.ts';
import { ensureBuilt } from '../cli/program.ts';
import { type CollectProgram, startCollector } from '../collect/program.ts';
import { goodReport, message } from '../collect/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'wayclear-floods-'));
let collector: CollectProgram;
let port = 0;
const sockets: Socket[] = [];
const timers: NodeJS.Timeout[] = [];

/** All of 127.0.0.0/8 is this machine: the flood comes from another address than the machines. */
const evil = '127.0.0.66';

beforeAll(async () => {
  ensureBuilt();
  collector = await startCollector(join(folder, 'fleet.db'));
  port = Number(new URL(collector.url).port);
});
afterEach(() => {
  for (const timer of timers.splice(0)) clearInterval(timer);
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(async () => {
  collector.started.child.kill('SIGTERM');
  const { code, stderr } = await collector.started.ended;
  rmSync(folder, { recursive: true, force: true });
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/\n {4}at /);
});

interface Held {
  readonly opened: number;
  closed: number;
}

/** So many connections that begin with this text and go on with a little now and then, each opened again when it is closed. */
async function hold(count: number, begin: string, drip: string, again = true): Promise<Held> {
  const held = { opened: 0, closed: 0 };
  const one = (): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', localAddress: evil }, () => {
        held.opened += 1;
        socket.write(begin);
        resolve();
      });
      const timer = setInterval(() => socket.write(drip), 1000);
      timers.push(timer);
      sockets.push(socket);
      socket.on('error', () => resolve());
      socket.on('close', () => {
        held.closed += 1;
        clearInterval(timer);
        if (again && timers.length > 0 && held.opened < 20_000) setTimeout(() => void one(), 100);
      });
      socket.resume();
    });
  await Promise.all(Array.from({ length: count }, one));
  return held;
}

const ask = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<number> =>
  new Promise((resolve) => {
    const sent = request(
      {
        ...{ port, host: '127.0.0.1', path: '/v1/messages', method: 'POST', agent: false },
        headers: { 'content-type': 'application/x-ndjson', ...headers },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on('error', () => resolve(0));
    sent.end(body);
  });

const until = async (holds: () => boolean): Promise<void> => {
  for (let tries = 0; tries < 400 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(holds()).toBe(true);
};

describe('a flood of connections', () => {
  it.each([
    ['whose heads never end', 'POST /v1/messages HTTP/1.1\r\nhost: x\r\n', 'x: y\r\n'],
    [
      'whose bodies never end',
      'POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\ncontent-length: 100000\r\n\r\n',
      'x',
    ],
    ['that say nothing', '', ''],
  ])(
    '%s is ended, and machines are heard meanwhile',
    async (_, begin, drip) => {
      const held = await hold(1200, begin, drip);
      for (let count = 0; count < 5; count += 1) expect(await ask(message(goodReport(), createKey(), 1))).toBe(200);
      // More than those that were too many from the start.
      await until(() => held.closed > 1200);
      expect(await ask(message(goodReport(), createKey(), 1))).toBe(200);
    },
    90_000,
  );

  it('with bodies that unpack to all that is taken costs bounded memory', async () => {
    const key = createKey();
    const head = JSON.parse(message(goodReport(), key, 1).split('\n')[0] ?? '') as Record<string, unknown>;
    const { text } = signLines([head, { summary: { filler: 'x'.repeat(15 * 1024 * 1024) } }], key);
    const bomb = gzipSync(text);
    const statuses = await Promise.all(
      Array.from({ length: 300 }, (_, nth) =>
        ask(bomb, { 'content-encoding': 'gzip', 'x-forwarded-for': `203.0.113.${nth % 250}` }),
      ),
    );
    expect(new Set(statuses)).toEqual(new Set([400]));
    const status = readFileSync(`/proc/${collector.started.child.pid}/status`, 'utf8');
    expect(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024).toBeLessThan(700);
    expect(await ask(message(goodReport(), createKey(), 1))).toBe(200);
  }, 120_000);
});
