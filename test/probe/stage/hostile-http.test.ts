import { afterEach, describe, expect, it } from 'vitest';
import type { Origin } from '../../../src/demo/listen.ts';
import { httpOrigin, httpsOrigin, neverAnswer, type Respond, raw } from '../../../src/demo/origins-http.ts';
import {
  continueFlood,
  drippingAnswer,
  drippingBody,
  endlessChunkExtensions,
  endlessHeaders,
  endlessStatusLine,
  gzipBomb,
  hugeBody,
  informationalFlood,
} from '../../servers/broken-http.ts';
import { certificate, outcome, passedHttp, walk } from '../attempt-kit.ts';

const open: Origin[] = [];
async function started(starting: Promise<Origin>): Promise<Origin> {
  const origin = await starting;
  open.push(origin);
  return origin;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((origin) => origin.close()));
});

describe.each(['http', 'https'] as const)('a hostile server over %s', (scheme) => {
  const ask = async (respond: Respond, timeoutMs = 400) => {
    const origin = await started(scheme === 'http' ? httpOrigin({}, respond) : httpsOrigin({ certificate }, respond));
    const walked = await walk(origin, { scheme, timeoutMs });
    expect(origin.counts).toMatchObject({ connections: 1, requests: 1 });
    return walked;
  };

  it('that never answers is a timeout', async () => {
    expect(outcome((await ask(neverAnswer)).attempt, 'http')).toBe('http.timeout');
  });

  it('that answers a byte at a time is a timeout', async () => {
    expect(outcome((await ask(drippingAnswer(50))).attempt, 'http')).toBe('http.timeout');
  });

  it('that sends headers without end is an overflow', async () => {
    expect(outcome((await ask(endlessHeaders, 20_000)).attempt, 'http')).toBe('http.overflow');
  });

  it('whose status line has no end is an overflow', async () => {
    expect(outcome((await ask(endlessStatusLine, 20_000)).attempt, 'http')).toBe('http.overflow');
  });

  it('that sends one header of a megabyte is an overflow', async () => {
    const respond = raw(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(2 ** 20)}\r\n\r\n`);
    expect(outcome((await ask(respond, 20_000)).attempt, 'http')).toBe('http.overflow');
  });

  it.each([
    ['early hints', informationalFlood],
    ['100 Continue', continueFlood],
  ])('that sends %s without end is an overflow', async (_name, respond) => {
    expect(outcome((await ask(respond, 20_000)).attempt, 'http')).toBe('http.overflow');
  });

  it('with a body of a gigabyte is read for 64 KiB', async () => {
    const value = passedHttp(await ask(hugeBody(2 ** 30), 20_000));
    expect(value).toMatchObject({ status: 200, bodyBytes: 65_536, bodyEnd: 'bounded' });
    expect(value.bodyExcerpt).toHaveLength(4_096);
  });

  it('whose chunks are nearly all extension is bounded by what came over the wire', async () => {
    const value = passedHttp(await ask(endlessChunkExtensions, 20_000));
    expect(value.bodyEnd).toBe('bounded');
    expect(value.bodyBytes).toBeLessThan(65_536);
  });

  it('with a gzip bomb is not inflated', async () => {
    const value = passedHttp(await ask(gzipBomb(), 20_000));
    expect(value).toMatchObject({ status: 200, bodyExcerpt: '', bodyEnd: 'complete' });
    expect(value.bodyBytes).toBeLessThan(65_536);
  });

  it('whose body drips has answered', async () => {
    expect(passedHttp(await ask(drippingBody(20)))).toMatchObject({ status: 200, bodyEnd: 'stalled' });
  });

  it.each([
    ['nothing but newlines', '\r\n\r\n\r\n\r\n'],
    ['NUL bytes', '\0'.repeat(5_000)],
    ['a version that is none', 'HTTP/9.9 200 OK\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n: x\r\n\r\n'],
    ['NUL in a header', 'HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n'],
    ['a header name with a space', 'HTTP/1.1 200 OK\r\nX Y: a\r\n\r\n'],
    ['an unparseable length', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n'],
    ['a length beyond all numbers', `HTTP/1.1 200 OK\r\nContent-Length: ${'9'.repeat(40)}\r\n\r\n`],
    ['a status line cut by a reset', 'HTTP/1.1 2'],
  ])('that answers %s fails the stage and nothing else', async (_name, bytes) => {
    const { attempt } = await ask(raw(bytes));
    expect(outcome(attempt, 'http')).toBeOneOf(['http.malformed', 'http.closed']);
  });
});
