import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../src/clock.ts';
import {
  type DnsBehaviour,
  type DnsServer,
  type DnsServerOptions,
  type DnsZone,
  startDnsServer,
} from '../src/demo/dns-server.ts';
import type { DnsAnswer, DnsValue, StageResult } from '../src/model.ts';
import { createResolver, machineResolvers, type Resolver, type ResolverSettings } from '../src/probe/dns.ts';
import { parseHosts } from '../src/probe/hosts-file.ts';
import type { SystemAnswer, SystemResolver } from '../src/probe/system-resolver.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function server(zone: DnsZone, options?: DnsServerOptions): Promise<DnsServer> {
  const started = await startDnsServer(zone, options);
  open.push(() => started.close());
  return started;
}

function resolver(servers: readonly DnsServer[] | readonly string[], change: Partial<ResolverSettings> = {}): Resolver {
  const made = createResolver({
    servers: servers.map((entry) => (typeof entry === 'string' ? entry : entry.server)),
    families: [4, 6],
    timeoutMs: 300,
    hosts: new Map(),
    system: null,
    clock: systemClock,
    startedAt: systemClock.now(),
    signal: new AbortController().signal,
    ...change,
  });
  open.push(() => made.close());
  return made;
}

const always = new AbortController().signal;
const name = 'www.example.test';

async function ask(behaviour: DnsBehaviour, change: Partial<ResolverSettings> = {}, options?: DnsServerOptions) {
  const dns = await server({ [name]: behaviour }, options);
  return { dns, result: await resolver([dns], change).resolve(name, always) };
}

/** The parts of a result that its rows tell: how it ended, the addresses, and each answer in short. */
function short(result: StageResult<DnsValue>) {
  if (result.status === 'skipped') return result;
  const value: Partial<DnsValue> = result.status === 'passed' ? result.value : (result.partial ?? {});
  return {
    end: result.status === 'passed' ? result.value.from : result.failure.code,
    addresses: (value.addresses ?? []).map(({ address }) => address),
    answers: (value.answers ?? []).map(
      ({ family, transport, rcode, failure }) => `${family} ${transport} ${rcode ?? '-'} ${failure?.code ?? 'ok'}`,
    ),
  };
}

const answersOf = (result: StageResult<DnsValue>): readonly DnsAnswer[] =>
  result.status === 'passed' ? result.value.answers : result.status === 'failed' ? (result.partial?.answers ?? []) : [];

const both = ['192.0.2.1', '2001:db8::1'];

describe('a name that resolves', () => {
  it('gives its addresses, IPv4 first, with TTL and server of each answer', async () => {
    const { dns, result } = await ask({ addresses: ['2001:db8::1', '192.0.2.2', '192.0.2.1'], ttl: 77 });
    expect(short(result)).toEqual({
      end: 'dns',
      addresses: ['192.0.2.2', '192.0.2.1', '2001:db8::1'],
      answers: ['4 udp NOERROR ok', '6 udp NOERROR ok'],
    });
    expect(answersOf(result)[0]).toMatchObject({
      server: dns.server,
      addresses: [
        { address: '192.0.2.2', ttl: 77 },
        { address: '192.0.2.1', ttl: 77 },
      ],
      cnames: [],
      soa: null,
      extendedError: null,
      truncated: false,
      strays: 0,
    });
  });

  it('keeps eight addresses a family at most, without doubles', async () => {
    const many = Array.from({ length: 12 }, (_, index) => `192.0.2.${index + 1}`);
    const { result } = await ask({ addresses: ['192.0.2.1', ...many] });
    expect(short(result)).toMatchObject({ addresses: many.slice(0, 8) });
  });

  it('is asked only for the families that are wanted', async () => {
    const { dns, result } = await ask({ addresses: both }, { families: [6] });
    expect(short(result)).toEqual({ end: 'dns', addresses: ['2001:db8::1'], answers: ['6 udp NOERROR ok'] });
    expect([dns.count(name, 1), dns.count(name, 28)]).toEqual([0, 1]);
  });

  it('is found by a name in capitals with a trailing dot', async () => {
    const dns = await server({ [name]: { addresses: both } });
    expect(short(await resolver([dns]).resolve('WWW.Example.test.', always))).toMatchObject({ addresses: both });
  });

  it('shows its CNAME chain in order', async () => {
    const { result } = await ask({ cname: ['a.cdn.test', 'b.cdn.test'], addresses: both });
    expect(short(result)).toMatchObject({ end: 'dns', addresses: both });
    expect(answersOf(result)[0]?.cnames).toEqual([
      { owner: name, target: 'a.cdn.test', ttl: 60 },
      { owner: 'a.cdn.test', target: 'b.cdn.test', ttl: 60 },
    ]);
  });

  it('has the end of a cut chain asked for', async () => {
    const dns = await server({
      [name]: { cname: ['a.cdn.test'], cutChain: true },
      'a.cdn.test': { cname: ['b.cdn.test'], addresses: both },
    });
    const result = await resolver([dns]).resolve(name, always);
    expect(short(result)).toMatchObject({ end: 'dns', addresses: both });
    expect(answersOf(result).map(({ cnames }) => cnames.map(({ target }) => target).join())).toEqual([
      'a.cdn.test',
      'b.cdn.test',
      'a.cdn.test',
      'b.cdn.test',
    ]);
  });

  it('is not asked for again at the end of a chain whose zone says that there is no such record', async () => {
    const { dns, result } = await ask({ cname: ['a.cdn.test'], addresses: ['192.0.2.1'] });
    expect(short(result)).toMatchObject({ end: 'dns', addresses: ['192.0.2.1'] });
    expect(dns.count('a.cdn.test')).toBe(0);
  });

  it('is served by a wildcard', async () => {
    const dns = await server({ '*.example.test': { addresses: ['192.0.2.9'] } });
    expect(short(await resolver([dns]).resolve('random.sub.example.test', always))).toMatchObject({
      addresses: ['192.0.2.9'],
    });
  });

  it('is asked of a resolver on IPv6', async () => {
    const { dns, result } = await ask({ addresses: both }, {}, { address: '::1' });
    expect(dns.server).toBe(`[::1]:${dns.port}`);
    expect(short(result)).toMatchObject({ end: 'dns', addresses: both });
    expect(answersOf(result)[0]?.server).toBe(dns.server);
  });
});

describe('a question', () => {
  it.each<readonly [string, DnsBehaviour]>([
    ['is sent again when the first is lost', { first: { count: 1, answer: 'silent' } }],
    ['is asked again after SERVFAIL, as a resolver under load gives it', { first: { count: 1, answer: 'servfail' } }],
    ['is asked without EDNS of a server that answers FORMERR to it', { edns: 'formerr' }],
    ['is asked without EDNS where EDNS is swallowed', { edns: 'silent' }],
    ['waits for a slow answer', { delayMs: 120 }],
    ['keeps waiting behind a wrong id', { strays: ['wrong-id'] }],
    ['keeps waiting behind a wrong question', { strays: ['wrong-question'] }],
    ['keeps waiting behind its own echo', { strays: ['query'] }],
    ['keeps waiting behind garbage and lies', { strays: ['garbage', 'lying-lengths', 'compression-loop'] }],
    ['goes by TCP where UDP is truncated', { truncate: 'answer' }],
    ['waits for a TCP answer that drips', { truncate: 'drip' }],
  ])('%s', async (_, behaviour) => {
    const { result } = await ask({ addresses: both, ...behaviour }, { timeoutMs: 2000 });
    expect(short(result)).toMatchObject({ end: 'dns', addresses: both });
    const last = answersOf(result).filter(({ failure }) => failure === null);
    expect(last.map(({ strays }) => strays)).toEqual([behaviour.strays?.length ?? 0, behaviour.strays?.length ?? 0]);
    expect(last.map(({ truncated }) => truncated)).toEqual(Array(2).fill(behaviour.truncate !== undefined));
  });
});

describe('a name that does not resolve', () => {
  const four = { families: [4] } as const;
  it.each<readonly [string, DnsBehaviour, string, string]>([
    ['NXDOMAIN', { answer: 'nxdomain' }, 'dns.not-found', 'udp NXDOMAIN dns.not-found'],
    ['no address', { answer: 'nodata' }, 'dns.no-address', 'udp NOERROR ok'],
    ['only the family that is not asked for', { addresses: ['2001:db8::1'] }, 'dns.no-address', 'udp NOERROR ok'],
    ['REFUSED', { answer: 'refused' }, 'dns.refused', 'udp REFUSED dns.refused'],
    ['another response code', { answer: 'notimp' }, 'dns.error', 'udp NOTIMP dns.error'],
    ['a referral instead of recursion', { answer: 'referral' }, 'dns.refused', 'udp NOERROR dns.refused'],
    ['a CNAME loop', { answer: 'cname-loop' }, 'dns.malformed', 'udp NOERROR dns.malformed'],
    ['silence', { answer: 'silent' }, 'dns.timeout', 'udp - dns.timeout'],
    ['only answers with a wrong id', { answer: 'silent', strays: ['wrong-id'] }, 'dns.timeout', 'udp - dns.timeout'],
    [
      'only answers to another question',
      { answer: 'silent', strays: ['wrong-question'] },
      'dns.timeout',
      'udp - dns.timeout',
    ],
    ['only garbage', { answer: 'silent', strays: ['garbage'] }, 'dns.malformed', 'udp - dns.malformed'],
    ['only lying lengths', { answer: 'silent', strays: ['lying-lengths'] }, 'dns.malformed', 'udp - dns.malformed'],
    [
      'only compression loops',
      { answer: 'silent', strays: ['compression-loop'] },
      'dns.malformed',
      'udp - dns.malformed',
    ],
    ['TCP silent after truncation', { truncate: 'silent', addresses: both }, 'dns.timeout', 'tcp - dns.timeout'],
    ['TCP reset after truncation', { truncate: 'reset', addresses: both }, 'dns.unreachable', 'tcp - dns.unreachable'],
    ['TCP closed after truncation', { truncate: 'close', addresses: both }, 'dns.unreachable', 'tcp - dns.unreachable'],
    ['TCP garbage after truncation', { truncate: 'garbage' }, 'dns.malformed', 'tcp - dns.malformed'],
    ['a wrong id by TCP', { truncate: 'wrong-id' }, 'dns.timeout', 'tcp - dns.timeout'],
    ['TCP that drips too slowly', { truncate: 'drip', addresses: both }, 'dns.timeout', 'tcp - dns.timeout'],
  ])('%s', async (_, behaviour, end, answer) => {
    const { result } = await ask(behaviour, four);
    expect(short(result)).toEqual({ end, addresses: [], answers: [`4 ${answer}`] });
    expect(answersOf(result)[0]?.truncated).toBe(behaviour.truncate !== undefined);
  });

  it('SERVFAIL, in two rounds', async () => {
    const { result } = await ask({ answer: 'servfail' }, four);
    const answers = ['4 udp SERVFAIL dns.server-failure', '4 udp SERVFAIL dns.server-failure'];
    expect(short(result)).toEqual({ end: 'dns.server-failure', addresses: [], answers });
  });

  it('TCP refused after truncation', async () => {
    const { result } = await ask({ truncate: 'answer', addresses: both }, four, { tcp: false });
    expect(short(result)).toEqual({ end: 'dns.unreachable', addresses: [], answers: ['4 tcp - dns.unreachable'] });
    expect(answersOf(result)[0]).toMatchObject({ truncated: true, failure: { raw: { code: 'ECONNREFUSED' } } });
  });

  it('a closed port at the resolver', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const closed = `127.0.0.1:${socket.address().port}`;
    await new Promise<void>((resolve) => socket.close(() => resolve()));
    const result = await resolver([closed]).resolve(name, always);
    expect(short(result)).toMatchObject({ end: 'dns.unreachable' });
    expect(answersOf(result)[0]).toMatchObject({
      server: closed,
      rcode: null,
      failure: { raw: { code: 'ECONNREFUSED' } },
    });
  });

  it('no resolver at all', async () => {
    expect(short(await resolver([]).resolve(name, always))).toEqual({
      end: 'dns.no-server',
      addresses: [],
      answers: [],
    });
  });

  it.each(['a..b', `${'x'.repeat(64)}.test`, `${'x.'.repeat(130)}test`, 'bücher.test', ''])(
    'the impossible name %j is not found without a question',
    async (impossible) => {
      const dns = await server({});
      expect(short(await resolver([dns]).resolve(impossible, always))).toMatchObject({
        end: 'dns.not-found',
        answers: [],
      });
      expect(dns.log).toEqual([]);
    },
  );

  it.each([
    [true, 'example.test'],
    [false, null],
  ])('NXDOMAIN with an SOA: %s', async (soa, owner) => {
    const { result } = await ask({ answer: 'nxdomain', soa }, four);
    expect(answersOf(result)[0]?.soa).toBe(owner);
  });

  it('carries the extended error as harmless text', async () => {
    const { result } = await ask(
      { answer: 'nxdomain', extendedError: { code: 17, text: 'by\u001b[31m policy' } },
      four,
    );
    expect(answersOf(result)[0]?.extendedError).toEqual({ code: 17, text: 'by\ufffd[31m policy' });
  });

  it('loops over several questions', async () => {
    const dns = await server({
      [name]: { cname: ['a.test'], cutChain: true },
      'a.test': { cname: ['b.test'], cutChain: true },
      'b.test': { cname: [name], cutChain: true },
    });
    const result = await resolver([dns], four).resolve(name, always);
    expect(short(result)).toMatchObject({ end: 'dns.malformed', addresses: [] });
    expect(answersOf(result).at(-1)).toMatchObject({ failure: { detail: 'cname-loop' } });
    expect(dns.log.length).toBeLessThanOrEqual(4);
  });

  it('leads from name to name without end, and a bound ends it', async () => {
    const dns = await server({ '*.test': (asked) => ({ cname: [`n${asked}`.slice(-60)], cutChain: true }) });
    const result = await resolver([dns], { ...four, timeoutMs: 5000 }).resolve('a.test', always);
    expect(short(result)).toMatchObject({ end: 'dns.malformed' });
    expect(dns.log.length).toBeLessThanOrEqual(17);
  });
});

describe('two families', () => {
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
    const { result } = await ask(behaviour);
    expect(short(result)).toEqual({ end, addresses, answers });
  });

  it('end long before the stage when one is swallowed', async () => {
    const dns = await server({ [name]: { addresses: both, swallow: ['AAAA'] } });
    // An hour: the test's own timeout shows that the grace ends it.
    expect(short(await resolver([dns], { timeoutMs: 3_600_000 }).resolve(name, always))).toMatchObject({ end: 'dns' });
  });
});

describe('several resolvers', () => {
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
      { answer: 'silent', strays: ['garbage'] },
      'dns.timeout',
    ],
  ])('tell %s', async (_, one, two, code) => {
    const servers = [await server({ [name]: one }), await server({ [name]: two })];
    expect(short(await resolver(servers, four).resolve(name, always))).toMatchObject({ end: code });
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
    const { result } = await ask(behaviour, { hosts, timeoutMs: 2000 });
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

  it('is kept beside DNS where both answer', async () => {
    const { result } = await ask({ addresses: both }, { system: system(found) });
    expect(result).toMatchObject({ value: { from: 'dns', system: found } });
  });

  it('that never answers holds up no name that DNS knows', async () => {
    const { result } = await ask({ addresses: both }, { system: system(null), timeoutMs: 3_600_000 });
    expect(result).toMatchObject({ value: { from: 'dns', system: { addresses: [], error: 'ETIMEOUT' } } });
  });

  it('that never answers lets the stage fail in its time', async () => {
    const { result } = await ask({ answer: 'nxdomain' }, { system: system(null) });
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
    expect([dns.count(name, 1), dns.count(name, 28)]).toEqual([1, 1]);
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
    const dns = await server({ [name]: { addresses: both, delayMs: 60 } });
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
    const held = async (): Promise<readonly string[]> => {
      for (let turn = 0; turn < 20; turn++) await setImmediate();
      return process.getActiveResourcesInfo().filter((kind) => /UDP|TCP|Timeout/.test(kind));
    };
    const before = await held();
    const dns = await startDnsServer({
      'good.test': { addresses: ['192.0.2.1'] },
      'cut.test': { truncate: 'silent' },
      'silent.test': { answer: 'silent' },
    });
    const made = resolver([dns], { timeoutMs: 3_600_000 });
    const pending = ['cut.test', 'silent.test'].map((host) => made.resolve(host, always));
    await made.resolve('good.test', always);
    expect((await held()).length).toBeGreaterThan(before.length);
    made.close();
    const skipped = { status: 'skipped', because: 'interrupted' };
    expect(await Promise.all(pending)).toEqual([skipped, skipped]);
    expect(await made.resolve('later.test', always)).toEqual(skipped);
    await dns.close();
    expect(await held()).toEqual(before);
  });
});

describe('the resolvers of this machine', () => {
  it('are addresses with ports', () => {
    for (const entry of machineResolvers()) expect(entry).toMatch(/^(\d+(\.\d+){3}|\[[0-9a-f:.%\w]+\]):\d+$/);
  });
});
