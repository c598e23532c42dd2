import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Origin, tcpOrigin } from '../../src/demo/listen.ts';
import { answer, httpOrigin, httpsOrigin, neverAnswer, raw, redirect } from '../../src/demo/origins-http.ts';
import { refusing, resetting, silent } from '../../src/demo/origins-tcp.ts';
import { alerting } from '../../src/demo/origins-tls.ts';
import { type AttemptOptions, attempt } from '../../src/probe/attempt.ts';
import { type StageContext, stage } from '../../src/probe/stage/stage.ts';
import { connectTcp } from '../../src/probe/stage/tcp.ts';
import type { Passage } from '../../src/probe/tunnel/proxies.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { closing, unanswering } from '../servers/broken-tcp.ts';
import { sniFiltering } from '../servers/broken-tls.ts';
import { certificate, contextOf, outcome, passedHttp, walk } from './attempt-kit.ts';

const open: Origin[] = [];
async function started(starting: Promise<Origin>): Promise<Origin> {
  const origin = await starting;
  open.push(origin);
  return origin;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((origin) => origin.close()));
});

/** Connections, of both sides, that keep this process alive. */
const sockets = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;

const https = (respond: Parameters<typeof httpsOrigin>[1]) => httpsOrigin({ certificate }, respond);

describe('an attempt', () => {
  it('walks one connection from TCP to HTTP', async () => {
    const origin = await started(https(answer({ body: 'hi' })));
    const walked = await walk(origin);
    expect(walked.attempt).toMatchObject({
      address: '127.0.0.1',
      family: 4,
      tcp: { status: 'passed' },
      tunnel: { status: 'skipped', because: 'not-applicable' },
      tls: { status: 'passed', value: { chain: 'chain-1' } },
      http: { status: 'passed', value: { status: 200 } },
    });
    expect(walked.chains).toHaveLength(1);
    expect(origin.counts).toEqual({ connections: 1, hellos: 0, requests: 1 });
  });

  it('asks for the part of a download that is wanted, and tells what it brought', async () => {
    const ranges: (string | undefined)[] = [];
    const origin = await started(
      https((peer, request) => {
        ranges.push(request.headers['range']);
        answer({ status: 206, body: 'MSCF' })(peer, request);
      }),
    );
    const content = { range: [0, 3], startsWith: '4d534346', length: null, sha256: null } as const;
    const walked = await walk(origin, { content });
    expect(ranges).toEqual(['bytes=0-3']);
    expect(passedHttp(walked).content).toEqual({ bytes: 4, firstBytes: '4d534346', sha256: null });
  });

  it('survives JSON', async () => {
    const { attempt: result } = await walk(await started(https(answer())));
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  const skippedTls = ['passed', 'skipped: not-applicable'];
  it.each<[string, () => Promise<Origin>, 'https' | 'http' | 'tcp', readonly string[]]>([
    ['a refused connection', refusing, 'https', ['tcp.refused', 'skipped: tcp', 'skipped: tcp', 'skipped: tcp']],
    ['a dropped SYN', unanswering, 'https', ['tcp.timeout', 'skipped: tcp', 'skipped: tcp', 'skipped: tcp']],
    ['a failed handshake', () => alerting({ alert: 40 }), 'https', [...skippedTls, 'tls.alert', 'skipped: tls']],
    ['plain HTTP', () => httpOrigin({}, answer()), 'http', [...skippedTls, 'skipped: not-applicable', 'passed']],
    [
      'a port without HTTP',
      () => silent(),
      'tcp',
      [...skippedTls, 'skipped: not-applicable', 'skipped: not-applicable'],
    ],
    ['a failed request', () => https(raw('nonsense')), 'https', [...skippedTls, 'passed', 'http.malformed']],
  ])('gives each stage its end: %s', async (_name, start, scheme, ends) => {
    const { attempt: result } = await walk(await started(start()), { scheme, timeoutMs: 400 });
    expect((['tcp', 'tunnel', 'tls', 'http'] as const).map((name) => outcome(result, name))).toEqual(ends);
  });

  it.each<[string, () => Promise<Origin>]>([
    ['a good answer', () => https(answer())],
    ['silence', () => silent()],
    ['a reset at once', () => resetting({ at: 'accept' })],
    ['a reset on the hello', () => resetting({ at: 'hello' })],
    ['a FIN at once', () => closing({ at: 'accept' })],
    ['an alert', () => alerting({ alert: 80 })],
    ['a filtered name', () => sniFiltering({ certificate, blocked: ['origin.lab.example'], how: 'reset' })],
    ['no answer', () => https(neverAnswer)],
    ['a connection closed before the answer', () => https(raw(''))],
    ['a connection closed after the answer', () => https(raw('HTTP/1.0 200 OK\r\n\r\n'))],
    ['a redirect', () => https(redirect('/elsewhere'))],
    ['a session that ends behind the handshake', () => httpsOrigin({ certificate, clientCertificate: true }, answer())],
  ])('makes exactly one connection: %s', async (_name, start) => {
    const origin = await started(start());
    await walk(origin, { timeoutMs: 200 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(origin.counts.connections).toBe(1);
  });

  it.each<[string, () => Promise<Origin>, 'https' | 'http' | 'tcp']>([
    ['a port without HTTP', () => silent(), 'tcp'],
    ['an answer', () => httpOrigin({}, answer()), 'http'],
    ['an answer over TLS', () => https(answer()), 'https'],
  ])('leaves no socket open after %s', async (_name, start, scheme) => {
    const origin = await started(start());
    const before = sockets();
    for (let round = 0; round < 3; round++) await walk(origin, { scheme });
    expect(origin.counts.connections).toBe(3);
    await expect.poll(sockets).toBeLessThanOrEqual(before);
  });

  const stalls: readonly (readonly [string, () => Promise<Origin>])[] = [
    ['tcp', unanswering],
    ['tls', () => silent()],
    ['http', () => https(neverAnswer)],
  ];
  it.each(
    stalls.flatMap(([name, start]) =>
      (['deadline', 'interrupted'] as const).map((reason) => [name, reason, start] as const),
    ),
  )('stopped in %s by %s says so and leaves no socket open', async (name, reason, start) => {
    const origin = await started(start());
    const run = new AbortController();
    const before = sockets();
    const walking = walk(origin, { signal: run.signal });
    setTimeout(() => run.abort(reason), 150);
    const { attempt: result } = await walking;
    const order = ['tcp', 'tls', 'http'] as const;
    const stopped = order.slice(order.indexOf(name as (typeof order)[number]));
    for (const stageName of stopped) expect(outcome(result, stageName)).toBe(`skipped: ${reason}`);
    await expect.poll(sockets).toBeLessThanOrEqual(before);
  });

  it.each(stalls)('timed out in %s leaves no socket open', async (name, start) => {
    const origin = await started(start());
    const before = sockets();
    const { attempt: result } = await walk(origin, { timeoutMs: 150 });
    expect(outcome(result, name as 'tcp' | 'tls' | 'http')).toBe(`${name}.timeout`);
    await expect.poll(sockets).toBeLessThanOrEqual(before);
  });

  it('ended by the run while a body drips keeps the answer that proved the path', async () => {
    const origin = await started(https(raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', 'nothing')));
    const run = new AbortController();
    const walking = walk(origin, { signal: run.signal });
    await expect.poll(() => origin.counts.requests).toBe(1);
    setTimeout(() => run.abort('deadline'), 100);
    expect((await walking).attempt.http).toMatchObject({
      status: 'passed',
      value: { status: 200, bodyEnd: 'stalled' },
    });
  });
});

describe('an attempt through a proxy', () => {
  /** Proxies whose tunnel stage does this with the connection to one. */
  const way = (
    to: Origin,
    tunnel: (socket: Socket, context: StageContext) => Promise<Passed>,
  ): NonNullable<AttemptOptions['proxy']> => ({
    route: { kind: 'proxy', protocol: 'http', host: to.address, port: to.port, source: 'flag', why: '--proxy' },
    proxies: {
      keep: createSecrets().keepFromProxy,
      async through(_route, _target, context) {
        const { result: tcp, socket } = await connectTcp(to.address, to.port, context);
        if (socket === null) throw new Error('no connection to the proxy');
        const contact = { proxy: `http://${to.address}:${to.port}`, dns: null, address: to.address, failed: [] };
        return { contact, tcp, opened: [socket], ...(await tunnel(socket, context)) };
      },
    },
  });
  type Passed = Pick<Passage, 'tunnel' | 'through'>;
  const passing = async (socket: Socket, context: StageContext): Promise<Passed> => ({
    through: { socket },
    tunnel: await stage('tunnel', context, async () => ({
      proxy: 'p',
      status: 200,
      reason: 'OK',
      headers: [],
      bodyExcerpt: '',
    })),
  });
  const refused = async (_socket: Socket, context: StageContext): Promise<Passed> => ({
    through: null,
    tunnel: await stage('tunnel', context, () => Promise.reject(new Error('no'))),
  });
  const target = {
    host: 'origin.lab.example',
    port: 443,
    scheme: 'https',
    url: 'https://origin.lab.example/',
    method: 'GET',
  } as const;

  it('uses the socket that the tunnel hands over, and has no address of its own', async () => {
    const origin = await started(https(answer()));
    const result = await attempt(target, null, contextOf(), {
      userAgent: 'x',
      keepChain: () => 'c',
      proxy: way(origin, passing),
    });
    expect(result).toMatchObject({
      address: null,
      family: null,
      tunnel: { status: 'passed' },
      http: { status: 'passed' },
    });
    expect(origin.counts).toMatchObject({ connections: 1, requests: 1 });
  });

  it('skips what a refused tunnel makes impossible, and hangs up', async () => {
    let closed = false;
    const proxy = await started(
      tcpOrigin({}, (socket) => {
        socket.resume();
        socket.on('close', () => {
          closed = true;
        });
      }),
    );
    const result = await attempt(target, null, contextOf(), {
      userAgent: 'x',
      keepChain: () => 'c',
      proxy: way(proxy, refused),
    });
    expect(outcome(result, 'tls')).toBe('skipped: tunnel');
    expect(outcome(result, 'http')).toBe('skipped: tunnel');
    await expect.poll(() => closed).toBe(true);
  });

  it('without an address or a proxy is a bug, and loud', async () => {
    await expect(attempt(target, null, contextOf(), { userAgent: 'x', keepChain: () => 'c' })).rejects.toThrow(
      TypeError,
    );
  });
});
