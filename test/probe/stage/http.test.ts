import { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { Origin } from '../../../src/demo/listen.ts';
import {
  answer,
  blockPage,
  httpOrigin,
  httpsOrigin,
  type Request,
  type Respond,
  raw,
  redirect,
} from '../../../src/demo/origins-http.ts';
import type { HttpValue } from '../../../src/model/observations.ts';
import { request } from '../../../src/probe/stage/http.ts';
import { connectTcp } from '../../../src/probe/stage/tcp.ts';
import { closeAtOnce, resetAtOnce } from '../../servers/broken-http.ts';
import { certificate, contextOf, failed, outcome, passedHttp, type WalkOptions, walk } from '../attempt-kit.ts';

const open: Origin[] = [];
async function started(starting: Promise<Origin>): Promise<Origin> {
  const origin = await starting;
  open.push(origin);
  return origin;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((origin) => origin.close()));
});

const origins: Readonly<Record<'http' | 'https', (respond: Respond) => Promise<Origin>>> = {
  http: (respond) => httpOrigin({}, respond),
  https: (respond) => httpsOrigin({ certificate }, respond),
};

/** One request; the origin has counted one connection and one request. */
async function ask(scheme: 'http' | 'https', respond: Respond, options: WalkOptions = {}) {
  const origin = await started(origins[scheme](respond));
  const walked = await walk(origin, { scheme, timeoutMs: 1_000, ...options });
  expect(origin.counts).toMatchObject({ connections: 1, requests: 1 });
  return walked;
}

describe.each(['http', 'https'] as const)('over %s', (scheme) => {
  it('any status passes, with reason, headers in order and the body', async () => {
    const respond = answer({
      status: 404,
      reason: 'Not Here',
      headers: [
        ['X-B', '2'],
        ['X-A', '1'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ],
      body: 'one\r\ntwo\tthree',
    });
    expect(passedHttp(await ask(scheme, respond))).toMatchObject({
      status: 404,
      reason: 'Not Here',
      headers: [
        ['x-b', '2'],
        ['x-a', '1'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['content-length', '14'],
        ['connection', 'close'],
      ],
      bodyExcerpt: 'one two three',
      bodyBytes: 14,
      bodyEnd: 'complete',
    });
  });

  it.each<[string, Respond, WalkOptions, Partial<HttpValue>]>([
    ['HEAD', answer({ body: 'never sent' }), { method: 'HEAD' }, { status: 200, bodyBytes: 0, bodyEnd: 'complete' }],
    ['HTTP/1.0 without a length', raw('HTTP/1.0 200 OK\r\n\r\nabc'), {}, { bodyExcerpt: 'abc', bodyEnd: 'complete' }],
    ['204 without a body', raw('HTTP/1.1 204 No Content\r\n\r\n'), {}, { status: 204, bodyEnd: 'complete' }],
    [
      'chunks',
      raw('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n'),
      {},
      { bodyExcerpt: 'abc', bodyEnd: 'complete' },
    ],
    [
      'early hints',
      raw('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 x\r\n\r\n'),
      {},
      { status: 204, headers: [] },
    ],
    ['100 Continue unasked', raw('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 x\r\n\r\n'), {}, { status: 204 }],
    ['a redirect, not followed', redirect('https://login.example/x', 301), {}, { status: 301 }],
    ['a block page', blockPage(), {}, { status: 403 }],
    ['407 of somebody who is no proxy of ours', answer({ status: 407 }), {}, { status: 407 }],
    ['511', answer({ status: 511 }), {}, { status: 511 }],
    ['a status nobody has registered', answer({ status: 599 }), {}, { status: 599 }],
    [
      'a body cut by FIN',
      raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'),
      {},
      { bodyBytes: 3, bodyEnd: 'broken' },
    ],
    [
      'a body cut by RST',
      raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', 'reset'),
      {},
      { bodyBytes: 3, bodyEnd: 'broken' },
    ],
    [
      'a body that stalls',
      raw('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc', 'nothing'),
      { timeoutMs: 200 },
      { bodyBytes: 3, bodyEnd: 'stalled' },
    ],
  ])('%s passes', async (_name, respond, options, value) => {
    expect(passedHttp(await ask(scheme, respond, options))).toMatchObject(value);
  });

  it.each<[string, Respond, string]>([
    ['a close before any byte', closeAtOnce, 'http.closed'],
    ['a reset before any byte', resetAtOnce, 'http.reset'],
    ['a close amid the headers', raw('HTTP/1.1 200 OK\r\nX-A: 1\r\nX-'), 'http.closed'],
    ['a reset amid the headers', raw('HTTP/1.1 200 OK\r\nX-A: 1\r\nX-', 'reset'), 'http.reset'],
    ['a status line that is none', raw('HTP/1.1 200 OK\r\n\r\n'), 'http.malformed'],
    ['a page without a head', raw('<html>no</html>'), 'http.malformed'],
    ['a bare CR inside a header', raw('HTTP/1.1 200 OK\r\nX: a\rInjected: b\r\n\r\n'), 'http.malformed'],
    [
      'two lengths that differ',
      raw('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'),
      'http.malformed',
    ],
    [
      'an upgrade that nobody asked for',
      raw('HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: y\r\n\r\n'),
      'http.malformed',
    ],
  ])('%s fails', async (_name, respond, code) => {
    expect(outcome((await ask(scheme, respond)).attempt, 'http')).toBe(code);
  });
});

describe('a request', () => {
  it('says who asks, wants nothing compressed, and keeps nothing open', async () => {
    const seen: Request[] = [];
    const respond: Respond = (peer, asked) => {
      seen.push(asked);
      answer()(peer, asked);
    };
    const origin = await started(httpOrigin({}, respond));
    await walk(origin, { scheme: 'http', path: '/a%20b?c=d' });
    expect(seen).toEqual([
      {
        method: 'GET',
        path: '/a%20b?c=d',
        headers: {
          host: `origin.lab.example:${origin.port}`,
          connection: 'close',
          'user-agent': 'wayclear/0.0.0-test',
          accept: '*/*',
          'accept-encoding': 'identity',
        },
      },
    ]);
  });

  it('can name another host than its URL', async () => {
    let host: string | undefined;
    const origin = await started(
      httpOrigin({}, (peer, asked) => {
        host = asked.headers['host'];
        answer()(peer, asked);
      }),
    );
    const { socket } = await connectTcp(origin.address, origin.port, contextOf());
    if (socket === null) throw new Error('not connected');
    const asked = {
      url: 'http://origin.lab.example/',
      method: 'GET',
      host: 'other.lab.example',
      userAgent: 'x',
    } as const;
    expect((await request(socket, asked, contextOf())).status).toBe('passed');
    expect(host).toBe('other.lab.example');
  });

  // After an error of its own undici connects again at once: that took the whole processor, timers included, for ever.
  it.each([
    [null, 'http.closed'],
    ['UND_ERR_SOCKET', 'http.malformed'],
    ['UND_ERR_INFO', 'http.malformed'],
  ])('on a socket that is already gone fails, and opens no other, after the error %s', async (code, expected) => {
    const origin = await started(httpOrigin({}, answer()));
    const { socket } = await connectTcp(origin.address, origin.port, contextOf());
    socket?.destroy(code === null ? undefined : Object.assign(new Error('other side closed'), { code }));
    if (socket === null) throw new Error('not connected');
    const asked = { url: `http://127.0.0.1:${origin.port}/`, method: 'GET', userAgent: 'x' } as const;
    const result = await request(socket, asked, contextOf());
    expect(result).toMatchObject({ status: 'failed', failure: { code: expected } });
    expect(origin.counts.requests).toBe(0);
  });
});

describe('what is kept of an answer', () => {
  it('is the clock difference that its Date shows', async () => {
    const wall = Date.UTC(2026, 10, 21, 12, 0, 0);
    const date = new Date(wall + 3_600_000);
    const origin = await started(httpOrigin({}, answer({ date })));
    const clock = { now: () => performance.now(), wall: () => wall };
    const { socket } = await connectTcp(origin.address, origin.port, contextOf());
    if (socket === null) throw new Error('not connected');
    const asked = { url: 'http://origin.lab.example/', method: 'GET', userAgent: 'x' } as const;
    const result = await request(socket, asked, { ...contextOf(), clock });
    expect(result).toMatchObject({ status: 'passed', value: { clockOffsetMs: 3_600_000 } });
  });

  it.each(['', 'yesterday', '1', 'Sat, 99 Foo 2026 12:00:00 GMT'])(
    'is no clock difference for a Date of %j',
    async (date) => {
      const value = passedHttp(await ask('http', answer({ headers: [['Date', date]] })));
      expect(value.clockOffsetMs).toBeNull();
    },
  );

  it('is harmless: no control character, no newline', async () => {
    const respond = answer({
      reason: 'O\u0085K',
      headers: [['X-Note', 'a\u009bb']],
      body: '\u001b[31mred\u0000\u202e\nnext',
    });
    const value = passedHttp(await ask('http', respond));
    expect(JSON.stringify(value)).not.toMatch(/\\u00[0189]|\u202e|\\n/);
    expect(value.bodyExcerpt).toBe('\ufffd[31mred\ufffd\\u{202e} next');
  });

  it('is 64 headers, 4,096 characters of them together, as much of the body, of 65,536 bytes read', async () => {
    const headers = Array.from({ length: 70 }, (_, index) => [`X-${index}`, 'v'.repeat(900)] as const);
    const wide = answer({
      headers: [['X-Wide', 'w'.repeat(5_000)], ...headers.slice(0, 60), ['Server', 'a filter']],
      body: 'b'.repeat(100_000),
    });
    const value = passedHttp(await ask('http', wide));
    const lengths = value.headers.map(([, text]) => text.length);
    expect(value.headers.flat().join('').length).toBeLessThanOrEqual(4_096);
    // Long values alone are cut, all to the same length.
    expect(new Map(value.headers).get('server')).toBe('a filter');
    expect(lengths[0]).toBeGreaterThan(50);
    expect(lengths[0]).toBe(lengths[1]);
    expect(value).toMatchObject({ bodyBytes: 65_536, bodyEnd: 'bounded' });
    expect(value.bodyExcerpt).toHaveLength(4_096);
    expect(passedHttp(await ask('http', answer({ headers: headers.slice(0, 66) }))).headers).toHaveLength(64);
  });

  it('is 1,024 characters of a value where there is room', async () => {
    const value = passedHttp(await ask('http', answer({ headers: [['X-Wide', 'w'.repeat(5_000)]] })));
    expect(value.headers[0]?.[1]).toHaveLength(1_024);
  });

  it('is nothing of a compressed body', async () => {
    const respond = answer({ headers: [['Content-Encoding', 'br']], body: 'readable by chance' });
    expect(passedHttp(await ask('http', respond))).toMatchObject({ bodyExcerpt: '', bodyBytes: 18 });
  });

  it('is a failure with its evidence, where it is none', async () => {
    const { attempt } = await ask('https', raw('SSH-2.0-x\r\n'));
    expect(failed(attempt, 'http').failure.raw.name).toBe('HTTPParserError');
  });
});

describe('a connection that ends behind the handshake', () => {
  const connection = () => {
    const written: Buffer[] = [];
    const socket = new Duplex({
      read: () => {},
      write: (chunk: Buffer, _encoding, done) => {
        written.push(chunk);
        done();
      },
    });
    const asking = request(
      socket as unknown as Parameters<typeof request>[0],
      { url: 'https://origin.lab.example/', method: 'GET', userAgent: 'test' },
      contextOf({ timeoutMs: 1_000 }),
    );
    return { socket, written, asking };
  };

  it('an alert that has already arrived is heard before anything is written', async () => {
    const { socket, written, asking } = connection();
    setImmediate(() => setImmediate(() => socket.destroy(new Error('ssl3_read_bytes: SSL alert number 116'))));
    expect(await asking).toMatchObject({ status: 'failed', failure: { code: 'http.tls-alert', alert: 116 } });
    expect(written).toEqual([]);
  });

  it('an error behind the close is no fault of the program', async () => {
    const { socket, written, asking } = connection();
    while (written.length === 0) await new Promise(setImmediate);
    socket.emit('close');
    socket.emit('error', Object.assign(new Error('write ECONNRESET'), { code: 'ECONNRESET' }));
    expect(await asking).toMatchObject({ status: 'failed', failure: { code: 'http.reset' } });
  });
});
