import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns';
import { Resolver as PromisingResolver } from 'node:dns/promises';
import { createServer as createWebServer, get } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { request } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealNetwork } from '../../src/cli/seal.ts';

const arrived: string[] = [];
const web = createWebServer((_, answer) => {
  arrived.push('http');
  answer.end('here');
});
const pipe = createServer((socket) => socket.end('pipe'));
const datagrams = createSocket('udp4').on('message', () => arrived.push('udp'));
let port = 0;
const path = join(tmpdir(), `wayclear-seal-${process.pid}.sock`);
const listening = (start: (done: () => void) => void): Promise<void> => new Promise((resolve) => start(resolve));

beforeAll(async () => {
  await listening((done) => web.listen(0, '127.0.0.1', done));
  await listening((done) => pipe.listen(path, done));
  await listening((done) => datagrams.bind(0, '127.0.0.1', done));
  port = (web.address() as AddressInfo).port;
});
afterAll(() => {
  web.close();
  pipe.close();
  datagrams.close();
});

const failure = (attempt: (done: (error: unknown) => void) => void): Promise<string> =>
  new Promise((resolve) => attempt((error) => resolve(error instanceof Error ? error.message : String(error))));

/** Each way to the network that the runtime has, and one of a library. */
const ways: readonly (readonly [string, (done: (error: unknown) => void) => void])[] = [
  ['TCP', (done) => connect(port, '127.0.0.1', () => done('connected')).on('error', done)],
  ['TCP with options', (done) => connect({ port, host: '127.0.0.1' }, () => done('connected')).on('error', done)],
  ['TLS', (done) => connectTls({ port, host: '127.0.0.1' }).on('error', done)],
  ['HTTP', (done) => get(`http://127.0.0.1:${port}/`, () => done('answered')).on('error', done)],
  ['another client of HTTP', (done) => void request(`http://127.0.0.1:${port}/`).then(() => done('answered'), done)],
  [
    'fetch',
    (done) =>
      void fetch(`http://127.0.0.1:${port}/`).then(
        () => done('answered'),
        (error: Error) => done(error.cause ?? error),
      ),
  ],
  [
    'UDP',
    (done) => {
      const socket = createSocket('udp4');
      socket.send('x', (datagrams.address() as AddressInfo).port, '127.0.0.1', (error) => {
        socket.close();
        done(error ?? 'sent');
      });
    },
  ],
  [
    'UDP, connected',
    (done) => {
      const socket = createSocket('udp4');
      socket.connect((datagrams.address() as AddressInfo).port, '127.0.0.1', (error?: Error) => {
        socket.close();
        done(error ?? 'connected');
      });
    },
  ],
  [
    'a name server',
    (done) => {
      const resolver = new Resolver({ timeout: 200, tries: 1 });
      resolver.setServers([`127.0.0.1:${port}`]);
      resolver.resolve4('a.example', (error) => done(error ?? 'answered'));
    },
  ],
  [
    'a name server, by a promise',
    (done) => {
      const resolver = new PromisingResolver({ timeout: 200, tries: 1 });
      resolver.setServers([`127.0.0.1:${port}`]);
      resolver.resolve4('a.example').then(() => done('answered'), done);
    },
  ],
];

describe('the gate of an offline machine', () => {
  describe('shut', () => {
    let open = (): void => {};
    beforeEach(() => {
      arrived.length = 0;
      open = sealNetwork('--mode');
    });
    afterEach(() => open());

    it.each(ways)('lets nothing through by %s', async (_, attempt) => {
      expect(await failure(attempt)).toContain('--mode is offline: nothing is sent');
      open();
      // A connection that was open before would be used again.
      const last = { agent: false, headers: { connection: 'close' } };
      expect(
        await failure((done) => get(`http://127.0.0.1:${port}/`, last, () => done('answered')).on('error', done)),
      ).toBe('answered');
      expect(arrived).toEqual(['http']);
    });

    it('leaves pipes to programs of this machine open', async () => {
      expect(await failure((done) => connect(path, () => done('connected')).on('error', done))).toBe('connected');
      expect(await failure((done) => connect({ path }, () => done('connected')).on('error', done))).toBe('connected');
    });
  });

  it.each(ways.filter(([name]) => !/name server|TLS/.test(name)))('open again, lets %s through', async (_, attempt) => {
    sealNetwork('--mode')();
    expect(await failure(attempt)).toMatch(/connected|answered|sent/);
  });
});
