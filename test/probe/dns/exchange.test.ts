import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import {
  type DnsServerOptions,
  type DnsZone,
  type RunningDnsServer,
  startDnsServer,
} from '../../../src/demo/dns-server.ts';
import { encodeResponse } from '../../../src/probe/dns/encode.ts';
import { askServer, formatServer, parseServer, type ServerQuestion } from '../../../src/probe/dns/exchange.ts';
import { decodeMessage, recordTypes } from '../../../src/probe/dns/message.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function server(zone: DnsZone, options?: DnsServerOptions): Promise<RunningDnsServer> {
  const started = await startDnsServer(zone, options);
  open.push(() => started.close());
  return started;
}

const name = 'www.example.test';
const question = (server: RunningDnsServer, change: Partial<ServerQuestion & { timeoutMs: number }> = {}) =>
  ({ name, type: 'A', server, transport: 'udp', timeoutMs: 10_000, ...change }) as const;
const deps = { clock: systemClock };

describe('the address of a resolver', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1:53'],
    ['192.0.2.1:5353', '192.0.2.1:5353'],
    ['2001:db8::1', '[2001:db8::1]:53'],
    ['[2001:db8::1]', '[2001:db8::1]:53'],
    ['[2001:db8::1]:5353', '[2001:db8::1]:5353'],
    ['fe80::1%eth0', '[fe80::1%eth0]:53'],
    ['dns.example', null],
    ['192.0.2.1:', null],
    ['192.0.2.1:99999', null],
    ['[192.0.2.1]:53', null],
    ['', null],
  ])('%j is %j', (text, expected) => {
    const parsed = parseServer(text);
    expect(parsed && formatServer(parsed)).toBe(expected);
  });
});

describe('one question to one server', () => {
  it('goes by TCP from the start where that is asked', async () => {
    const dns = await server({ [name]: { addresses: ['192.0.2.1'] } });
    const { answer } = await askServer(question(dns, { transport: 'tcp' }), deps);
    expect(answer).toMatchObject({ transport: 'tcp', truncated: false, addresses: [{ address: '192.0.2.1' }] });
    expect(dns.log).toMatchObject([{ name, type: 1, transport: 'tcp', edns: true }]);
  });

  it('gives the whole message, for the sections that the evidence leaves out', async () => {
    const dns = await server({ [name]: { answer: 'nxdomain' } });
    const { message, answer } = await askServer(question(dns, { type: 'HTTPS', name: 'WWW.example.test.' }), deps);
    expect(message).toMatchObject({ rcode: 3, authorities: [{ name: 'example.test', type: recordTypes.SOA }] });
    expect(answer).toMatchObject({ rcode: 'NXDOMAIN', soa: 'example.test', failure: { code: 'dns.not-found' } });
    expect(dns.log[0]).toMatchObject({ name, type: recordTypes.HTTPS });
  });

  it('takes a referral for an answer where no recursion was wanted', async () => {
    const dns = await server({ [name]: { answer: 'referral' } });
    const answered = await Promise.all(
      [true, false].map((recursionDesired) => askServer(question(dns, { recursionDesired }), deps)),
    );
    expect(answered.map(({ answer }) => answer.failure?.code ?? null)).toEqual(['dns.refused', null]);
  });

  it('asks for the CNAME record itself', async () => {
    const dns = await server({ [name]: { cname: ['a.test'], cutChain: true } });
    const { message, answer } = await askServer(question(dns, { type: 'CNAME' }), deps);
    expect(message?.answers).toMatchObject([{ data: { kind: 'cname', target: 'a.test' } }]);
    expect(answer.failure).toBeNull();
  });

  it('is sent again, and ends in its time when nothing answers', async () => {
    const dns = await server({ [name]: { answer: 'silent' } });
    const { answer, message } = await askServer(question(dns, { timeoutMs: 2000 }), deps);
    expect(message).toBeNull();
    expect(answer).toMatchObject({ rcode: null, failure: { code: 'dns.timeout' } });
    expect(dns.log.slice(0, 2).map(({ edns }) => edns)).toEqual([true, false]);
  });

  it('ends when its signal aborts, before or while it waits', async () => {
    const dns = await server({ [name]: { answer: 'silent' } });
    const cut = new AbortController();
    const pending = askServer({ ...question(dns), timeoutMs: 3_600_000 }, { ...deps, signal: cut.signal });
    setTimeout(() => cut.abort(), 20);
    expect((await pending).answer.failure?.code).toBe('dns.timeout');
    const late = await askServer({ ...question(dns), timeoutMs: 3_600_000 }, { ...deps, signal: cut.signal });
    expect(late.answer.failure?.code).toBe('dns.timeout');
  });

  it('takes no answer from another port of the same address', async () => {
    const real = createSocket('udp4').bind(0, '127.0.0.1');
    const other = createSocket('udp4').bind(0, '127.0.0.1');
    open.push(
      () => real.close(),
      () => other.close(),
    );
    await Promise.all([once(real, 'listening'), once(other, 'listening')]);
    real.on('message', (bytes, peer) => {
      const id = decodeMessage(bytes)?.id ?? 0;
      const forged = { id, question: { name, type: 1 }, answers: [{ name, ttl: 1, address: '192.0.2.66' }] };
      other.send(encodeResponse(forged), peer.port, peer.address);
    });
    const target = { address: '127.0.0.1', port: real.address().port };
    const { answer } = await askServer({ ...question(await server({})), server: target, timeoutMs: 1000 }, deps);
    expect(answer).toMatchObject({ addresses: [], strays: 0, failure: { code: 'dns.timeout' } });
  });

  it('uses another port and another id each time', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    open.push(() => socket.close());
    await once(socket, 'listening');
    const seen: { port: number; id: number }[] = [];
    socket.on('message', (bytes, peer) => {
      const id = bytes.readUInt16BE(0);
      seen.push({ port: peer.port, id });
      socket.send(encodeResponse({ id, question: { name, type: 1 } }), peer.port, peer.address);
    });
    const target = { address: '127.0.0.1', port: socket.address().port };
    await Promise.all(
      Array.from({ length: 20 }, () =>
        askServer({ name, type: 'A', server: target, transport: 'udp', timeoutMs: 10_000 }, deps),
      ),
    );
    expect(new Set(seen.map(({ port }) => port)).size).toBeGreaterThan(15);
    expect(new Set(seen.map(({ id }) => id)).size).toBeGreaterThan(15);
  });

  it('throws for a name that cannot be, which is a mistake of the caller', async () => {
    const dns = await server({});
    await expect(askServer(question(dns, { name: 'a..b' }), deps)).rejects.toThrow(RangeError);
  });
});
