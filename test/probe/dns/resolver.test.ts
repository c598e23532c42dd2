import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { type DnsBehaviour, type DnsZone, startDnsServer } from '../../../src/demo/dns-server.ts';
import { parseHosts } from '../../../src/probe/dns/hosts-file.ts';
import type { SystemAnswer, SystemResolver } from '../../../src/probe/dns/system-resolver.ts';
import { strays } from '../../servers/dns-faults.ts';
import { always, answersOf, ask, both, brief, name, resolver, server, short } from './dns-kit.ts';

describe.concurrent('two families', () => {
  it.each<readonly [string, DnsBehaviour, string, readonly string[], readonly string[]]>([
    [
      'pass with the one that answers while the other is swallowed',
      { addresses: both, swallow: ['AAAA'] },
      'dns',
      ['192.0.2.1'],
      ['4 udp NOERROR ok', '6 udp - dns.timeout'],
    ],
    [
      'pass with IPv6 alone',
      { addresses: both, swallow: ['A'] },
      'dns',
      ['2001:db8::1'],
      ['4 udp - dns.timeout', '6 udp NOERROR ok'],
    ],
    [
      'are not found as soon as one is',
      { answer: 'nxdomain', swallow: ['AAAA'] },
      'dns.not-found',
      [],
      ['4 udp NXDOMAIN dns.not-found', '6 udp - dns.timeout'],
    ],
    [
      'fail by the unanswered one where the other has no address',
      { addresses: ['2001:db8::1'], swallow: ['AAAA'] },
      'dns.timeout',
      [],
      ['4 udp NOERROR ok', '6 udp - dns.timeout'],
    ],
  ])('%s', async (_, behaviour, end, addresses, answers) => {
    const { result } = await ask(behaviour, brief);
    expect(short(result)).toEqual({ end, addresses, answers });
  });

  it('end long before the stage when one is swallowed', async () => {
    const dns = await server({ [name]: { addresses: both, swallow: ['AAAA'] } });
    // An hour: the test's own timeout shows that the grace ends it.
    expect(short(await resolver([dns], { timeoutMs: 3_600_000 }).resolve(name, always))).toMatchObject({ end: 'dns' });
  });
});

describe.concurrent('several resolvers', () => {
  const good: DnsZone = { [name]: { addresses: ['192.0.2.1'] } };
  const four = { families: [4] } as const;
  it.each<readonly [string, DnsBehaviour, string]>([
    ['refuses', { answer: 'refused' }, 'REFUSED dns.refused'],
    ['fails', { answer: 'servfail' }, 'SERVFAIL dns.server-failure'],
    ['is silent', { answer: 'silent' }, '- dns.timeout'],
    ['does not recurse', { answer: 'referral' }, 'NOERROR dns.refused'],
  ])('hand over when the first %s, and both stay as evidence', async (_, behaviour, told) => {
    const first = await server({ [name]: behaviour });
    const second = await server(good);
    const result = await resolver([first, second], four).resolve(name, always);
    expect(short(result)).toEqual({
      end: 'dns',
      addresses: ['192.0.2.1'],
      answers: [`4 udp ${told}`, '4 udp NOERROR ok'],
    });
    expect(answersOf(result).map((answer) => answer.server)).toEqual([first.server, second.server]);
  });

  it('hand over when the first has a closed port', async () => {
    const second = await server(good);
    const result = await resolver(['127.0.0.1:1', second.server], four).resolve(name, always);
    expect(short(result)).toMatchObject({ end: 'dns', answers: ['4 udp - dns.unreachable', '4 udp NOERROR ok'] });
  });

  it('hand over when the first swallows TCP after truncation', async () => {
    const first = await server({ [name]: { truncate: 'silent' } });
    const second = await server(good);
    const result = await resolver([first, second], four).resolve(name, always);
    expect(short(result)).toMatchObject({ end: 'dns', answers: ['4 tcp - dns.timeout', '4 udp NOERROR ok'] });
  });

  it('leave the silent one as evidence, though the timer rings before its time by the clock', async () => {
    const first = await server({ [name]: { answer: 'silent' } });
    const second = await server(good);
    const clock = { now: () => systemClock.now() / 2, wall: () => systemClock.wall() };
    const result = await resolver([first, second], { ...four, clock }).resolve(name, always);
    expect(short(result)).toMatchObject({ end: 'dns', answers: ['4 udp - dns.timeout', '4 udp NOERROR ok'] });
  });

  it.each(['nxdomain', 'nodata'] as const)('let the first one decide by %s', async (answer) => {
    const first = await server({ [name]: { answer } });
    const second = await server(good);
    expect(short(await resolver([first, second], four).resolve(name, always))).toMatchObject({ addresses: [] });
    expect(second.log).toEqual([]);
  });

  it.each<readonly [string, DnsBehaviour, DnsBehaviour, string]>([
    ['refusal over silence', { answer: 'silent' }, { answer: 'refused' }, 'dns.refused'],
    ['server failure over silence', { answer: 'silent' }, { answer: 'servfail' }, 'dns.server-failure'],
    ['refusal over server failure', { answer: 'servfail' }, { answer: 'refused' }, 'dns.refused'],
    [
      'a lost large answer over garbage',
      { truncate: 'silent' },
      { answer: 'silent', strays: strays('garbage') },
      'dns.timeout',
    ],
  ])('tell %s', async (_, one, two, code) => {
    const servers = [await server({ [name]: one }), await server({ [name]: two })];
    expect(short(await resolver(servers, { ...four, ...brief }).resolve(name, always))).toMatchObject({ end: code });
  });
});

describe('names that need no question', () => {
  it.each<readonly [string, readonly (4 | 6)[], readonly string[]]>([
    ['192.0.2.7', [4, 6], ['192.0.2.7']],
    ['2001:db8::7', [4, 6], ['2001:db8::7']],
    ['localhost', [4, 6], ['127.0.0.1', '::1']],
    ['x.LOCALHOST.', [4], ['127.0.0.1']],
  ])('%s', async (host, families, addresses) => {
    const dns = await server({});
    expect(short(await resolver([dns], { families }).resolve(host, always))).toEqual({
      end: 'literal',
      addresses,
      answers: [],
    });
    expect(dns.log).toEqual([]);
  });

  it('an address of another family than asked for has no address', async () => {
    expect(short(await resolver([], { families: [4] }).resolve('::1', always))).toMatchObject({
      end: 'dns.no-address',
    });
  });
});

describe('the hosts file', () => {
  const hosts = parseHosts('192.0.2.99 WWW.example.test\n127.0.0.9 localhost\n2001:db8::9 six.test\n');

  it('wins over DNS, which is asked for comparison', async () => {
    const { result } = await ask({ addresses: both }, { hosts });
    expect(short(result)).toEqual({
      end: 'hosts-file',
      addresses: ['192.0.2.99'],
      answers: ['4 udp NOERROR ok', '6 udp NOERROR ok'],
    });
    expect(result).toMatchObject({ value: { hostsFile: ['192.0.2.99'] } });
  });

  it.each<readonly [string, DnsBehaviour]>([
    ['does not know the name', { answer: 'nxdomain' }],
    ['is silent', { answer: 'silent' }],
    ['fails', { answer: 'servfail' }],
  ])('passes the stage although DNS %s', async (_, behaviour) => {
    const { result } = await ask(behaviour, { hosts });
    expect(short(result)).toMatchObject({ end: 'hosts-file', addresses: ['192.0.2.99'] });
  });

  it('passes the stage without any resolver', async () => {
    expect(short(await resolver([], { hosts }).resolve(name, always))).toMatchObject({ end: 'hosts-file' });
  });

  it('decides what localhost is', async () => {
    expect(short(await resolver([], { hosts }).resolve('localhost', always))).toMatchObject({
      addresses: ['127.0.0.9'],
    });
  });

  it('is told and not used where it has only the other family', async () => {
    const dns = await server({ 'six.test': { addresses: ['192.0.2.6'] } });
    const result = await resolver([dns], { hosts, families: [4] }).resolve('six.test', always);
    expect(short(result)).toMatchObject({ end: 'dns', addresses: ['192.0.2.6'] });
    expect(result).toMatchObject({ value: { hostsFile: ['2001:db8::9'] } });
  });
});

describe('the operating system', () => {
  const system = (answer: SystemAnswer | null, scope: SystemResolver['scope'] = 'every-name') => {
    const names: string[] = [];
    const lookup: SystemResolver['lookup'] = (host, signal) => {
      names.push(host);
      return answer !== null
        ? Promise.resolve(answer)
        : new Promise((resolve) => {
            signal.addEventListener('abort', () => resolve({ addresses: [], error: 'ETIMEOUT' }));
          });
    };
    return { names, scope, lookup, close: () => {} };
  };
  const found: SystemAnswer = { addresses: ['192.0.2.200'], error: null };

  it.each<readonly [string, DnsBehaviour]>([
    ['does not know the name', { answer: 'nxdomain' }],
    ['is silent', { answer: 'silent' }],
  ])('gives the addresses where DNS %s', async (_, behaviour) => {
    const { result } = await ask(behaviour, { system: system(found) });
    expect(short(result)).toMatchObject({ end: 'system', addresses: ['192.0.2.200'] });
    expect(result).toMatchObject({ value: { system: found } });
  });

  it('is what programs get where it says something else than DNS', async () => {
    const { result } = await ask({ addresses: both }, { system: system(found) });
    expect(short(result)).toMatchObject({ end: 'system', addresses: ['192.0.2.200'] });
  });

  it('is kept beside DNS where they have an address in common', async () => {
    const agrees = { addresses: [...both, '192.0.2.200'], error: null };
    const { result } = await ask({ addresses: both }, { system: system(agrees) });
    expect(result).toMatchObject({ value: { from: 'dns', system: agrees } });
  });

  it('that does not know a name hides it from programs', async () => {
    const { result } = await ask({ addresses: both }, { system: system({ addresses: [], error: 'ENOTFOUND' }) });
    expect(result).toMatchObject({ failure: { code: 'dns.not-found', detail: 'sources' } });
  });

  it('that never answers holds up no name that DNS knows', async () => {
    const { result } = await ask({ addresses: both }, { system: system(null), timeoutMs: 3_600_000 });
    expect(result).toMatchObject({ value: { from: 'dns', system: { addresses: [], error: 'ETIMEOUT' } } });
  });

  it('that never answers lets the stage fail in its time', async () => {
    const { result } = await ask({ answer: 'nxdomain' }, { system: system(null), ...brief });
    expect(result).toMatchObject({ failure: { code: 'dns.not-found' }, partial: { system: { error: 'ETIMEOUT' } } });
  });

  it('is asked for names without a dot alone where only its search list matters', async () => {
    const asked = system(found, 'single-label');
    const dns = await server({ [name]: { addresses: both } });
    const made = resolver([dns], { system: asked });
    expect(await made.resolve(name, always)).toMatchObject({ value: { from: 'dns', system: null } });
    expect(await made.resolve('wsus', always)).toMatchObject({ value: { from: 'system' } });
    expect(asked.names).toEqual(['wsus']);
  });
});

describe('a resolver', () => {
  it('asks once for 50 callers at the same time, and not again later', async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on('warning', warn);
    const dns = await server({ [name]: { addresses: both, delayMs: 30 } });
    const made = resolver([dns]);
    const results = await Promise.all(Array.from({ length: 50 }, () => made.resolve(name, always)));
    await made.resolve(`${name}.`, always);
    process.off('warning', warn);
    expect(new Set(results).size).toBe(1);
    expect(new Set(dns.log.map(({ id, type }) => `${id} ${type}`)).size).toBe(2);
    expect(warnings).toEqual([]);
  });

  it('resolves 200 names at once', async () => {
    const dns = await server({ '*.example.test': { addresses: both } });
    const made = resolver([dns], { timeoutMs: 10_000 });
    const names = Array.from({ length: 200 }, (_, index) => `n${index}.example.test`);
    const results = await Promise.all(names.map((host) => made.resolve(host, always)));
    expect(results.map((result) => result.status)).toEqual(names.map(() => 'passed'));
  });

  it('lets one caller leave without disturbing the others', async () => {
    const dns = await server({ [name]: { addresses: both, delayMs: 200 } });
    const made = resolver([dns]);
    const impatient = new AbortController();
    const left = made.resolve(name, impatient.signal);
    const stays = made.resolve(name, always);
    impatient.abort();
    expect(await left).toEqual({ status: 'skipped', because: 'interrupted' });
    expect(await stays).toMatchObject({ status: 'passed' });
  });

  it.each([
    ['deadline', 'deadline'],
    ['interrupted', 'interrupted'],
    [new Error('anything'), 'interrupted'],
  ])('ends with the run, whose reason (%s) it keeps', async (reason, because) => {
    const run = new AbortController();
    const dns = await server({ [name]: { answer: 'silent' } });
    const made = resolver([dns], { signal: run.signal, timeoutMs: 3_600_000 });
    const pending = made.resolve(name, always);
    setTimeout(() => run.abort(reason), 20);
    expect(await pending).toEqual({ status: 'skipped', because });
    expect(await made.resolve('other.test', always)).toEqual({ status: 'skipped', because });
  });

  it('tells when it began, counted from the start of the run', async () => {
    const dns = await server({ [name]: { addresses: both } });
    let now = 5000;
    const clock = { now: () => now++, wall: () => 0 };
    const result = await resolver([dns], { clock, startedAt: 4000 }).resolve(name, always);
    expect(result).toMatchObject({ status: 'passed', at: 1000 });
    expect(result.status === 'passed' && Number.isInteger(result.ms) && result.ms > 0).toBe(true);
  });

  it.each(['', 'example.test', '1.2.3.4:0', '1.2.3.4:65536', '[1.2.3.4]:53', '::1]:53'])(
    'refuses %j as a server',
    (text) => {
      expect(() => resolver([text])).toThrow(TypeError);
    },
  );

  it('leaves no socket and no timer behind that would keep the process alive', async () => {
    const held = (): readonly string[] =>
      process
        .getActiveResourcesInfo()
        .filter((kind) => /UDP|TCP|Timeout/.test(kind))
        .sort();
    // Handles of the tests before end a few turns after their `close`.
    await pause(100);
    const before = held();
    const dns = await startDnsServer({
      'good.test': { addresses: ['192.0.2.1'] },
      'cut.test': { truncate: 'silent' },
      'silent.test': { answer: 'silent' },
    });
    const made = resolver([dns], { timeoutMs: 3_600_000 });
    const pending = ['cut.test', 'silent.test'].map((host) => made.resolve(host, always));
    await made.resolve('good.test', always);
    expect(held().length).toBeGreaterThan(before.length);
    made.close();
    const skipped = { status: 'skipped', because: 'interrupted' };
    expect(await Promise.all(pending)).toEqual([skipped, skipped]);
    expect(await made.resolve('later.test', always)).toEqual(skipped);
    await dns.close();
    for (let turn = 0; turn < 200 && held().length > before.length; turn++) await pause(10);
    expect(held()).toEqual(before);
  });
});
