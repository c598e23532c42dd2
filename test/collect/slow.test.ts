/** Who says little for long, or much without an end: it is ended, costs bounded memory, and machines are heard meanwhile. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority, issueCertificate } from '../../src/demo/pki.ts';
import { createKey } from '../../src/signed/keys.ts';
import { ensureBuilt } from '../cli/program.ts';
import { temporaryFolder } from '../real/parts.ts';
import { type CollectProgram, startCollector } from './program.ts';
import { goodReport, message } from './world.ts';

const folder = temporaryFolder();
const root = createAuthority({ name: 'Lab root' });
const leaf = issueCertificate(root, { commonName: 'localhost', ipAddresses: ['127.0.0.1'] });
const collectors: CollectProgram[] = [];
const sockets: Socket[] = [];
const timers: NodeJS.Timeout[] = [];
/** All of 127.0.0.0/8 is this machine: those who hold things up, and their neighbours, come from another address than others. */
const theirs = '127.0.0.66';

beforeAll(async () => {
  ensureBuilt();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder.path, name), text);
    return join(folder.path, name);
  };
  const tls = ['--tls-cert', file('cert.pem', leaf.chainPem), '--tls-key', file('key.pem', leaf.keyPem)];
  collectors.push(await startCollector(join(folder.path, 'plain.db')));
  collectors.push(await startCollector(join(folder.path, 'secure.db'), ...tls));
}, 300_000);
afterEach(() => {
  for (const timer of timers.splice(0)) clearInterval(timer);
  for (const socket of sockets.splice(0)) socket.destroy();
});
afterAll(async () => {
  for (const { started } of collectors) {
    started.child.kill('SIGTERM');
    const { code, stderr } = await started.ended;
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/\n {4}at /);
  }
  folder.close();
});

/** Over TLS where that is what the collector speaks. */
const collectorOf = (isSecure: boolean): CollectProgram => collectors[isSecure ? 1 : 0] as CollectProgram;
const portOf = ({ url }: CollectProgram): number => Number(new URL(url).port);

/** Whether a machine is heard, who as all of them do tries again where a connection broke; the code of the last trouble if not. */
async function heard(collector: CollectProgram, localAddress: string): Promise<string> {
  let said = '';
  for (let tries = 0; tries < 4 && said !== '200'; tries += 1) said = await status(collector, localAddress);
  return said;
}

function status(collector: CollectProgram, localAddress: string): Promise<string> {
  const isSecure = collector.url.startsWith('https:');
  const agent = isSecure ? new SecureAgent({ ca: [root.pem] }) : new Agent();
  const headers = { 'content-type': 'application/x-ndjson' };
  const options = { host: '127.0.0.1', port: portOf(collector), path: '/v1/messages', method: 'POST', localAddress };
  return new Promise((resolve) => {
    const posting = (isSecure ? secureRequest : request)({ ...options, headers, agent }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(String(answer.statusCode)));
    });
    posting.on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    posting.end(message(goodReport(), createKey(), 1));
  });
}

interface Held {
  opened: number;
  closed: number;
}

/**
 * So many connections that begin with this text and go on with a little each second; those that come `again` when they are
 * closed. `drip` may be as much as the other side takes.
 */
async function hold(
  collector: CollectProgram,
  count: number,
  { begin, drip, again = false }: { readonly begin: string; readonly drip: string; readonly again?: boolean },
): Promise<Held> {
  const held: Held = { opened: 0, closed: 0 };
  const one = (): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect({ port: portOf(collector), host: '127.0.0.1', localAddress: theirs }, () => {
        held.opened += 1;
        socket.write(begin);
        resolve();
      });
      const timer = setInterval(() => socket.write(drip), 1000);
      timers.push(timer);
      sockets.push(socket);
      socket.resume();
      socket.on('error', () => resolve());
      socket.on('close', () => {
        held.closed += 1;
        clearInterval(timer);
        if (again && timers.length > 0 && held.opened < 10_000) setTimeout(() => void one(), 1000);
      });
    });
  await Promise.all(Array.from({ length: count }, one));
  return held;
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 450 && !holds(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  expect(holds()).toBe(true);
}

const post = 'POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\n';
const ways = [
  ['a head that never ends', false, post, 'x: y\r\n'],
  ['a body of a byte a second', false, `${post}content-length: 100000\r\n\r\n`, 'x'],
  ['a chunked body of a byte a second', false, `${post}transfer-encoding: chunked\r\n\r\n`, '1\r\nx\r\n'],
  ['nothing', false, '', ''],
  ['nothing, where TLS is spoken', true, '', ''],
] as const;

describe.skipIf(process.platform !== 'linux')('connections that say', () => {
  it('little for long are all ended', async () => {
    const all = await Promise.all(
      ways.map(([, isSecure, begin, drip]) => hold(collectorOf(isSecure), 20, { begin, drip })),
    );
    await until(() => all.every(({ closed }) => closed === 20));
  }, 90_000);

  it.each(ways)(
    '%s hold nobody up, however many they are, and come again and again: not at their own address either',
    async (_, isSecure, begin, drip) => {
      const collector = collectorOf(isSecure);
      const held = await hold(collector, 600, { begin, drip, again: true });
      for (const address of ['127.0.0.1', theirs, theirs]) expect(await heard(collector, address)).toBe('200');
      // They were too many from the start, and so they are still.
      await until(() => held.closed > 200);
      for (const address of ['127.0.0.1', theirs]) expect(await heard(collector, address)).toBe('200');
    },
    120_000,
  );

  it('more and more are ended, and cost bounded memory', async () => {
    const collector = collectorOf(false);
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    // Twice what a body may hold at once, and more each second.
    const begin = `${post}transfer-encoding: chunked\r\n\r\n${chunk.repeat(32)}`;
    const held = await hold(collector, 60, { begin, drip: chunk });
    expect(await heard(collector, '127.0.0.1')).toBe('200');
    await until(() => held.closed === 60);
    const facts = readFileSync(`/proc/${collector.started.child.pid}/status`, 'utf8');
    // Sixty bodies as large as they may be take 60 MiB.
    expect(Number(/VmHWM:\s+(\d+)/.exec(facts)?.[1]) / 1024).toBeLessThan(400);
    expect(await heard(collector, '127.0.0.1')).toBe('200');
  }, 90_000);
});
