import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { DnsBehaviour, TcpReply } from '../../../src/demo/dns-server.ts';
import { machineResolvers } from '../../../src/probe/dns/resolve.ts';
import { cutByTcp, dripByTcp, resetByTcp, strayByTcp, strays } from '../../servers/dns-faults.ts';
import { always, answersOf, ask, both, brief, name, resolver, server, short } from './dns-kit.ts';

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

describe.concurrent('a question', () => {
  it.each<readonly [string, DnsBehaviour]>([
    ['is sent again when the first is lost', { first: { count: 1, answer: 'silent' } }],
    ['is asked again after SERVFAIL, as a resolver under load gives it', { first: { count: 1, answer: 'servfail' } }],
    ['is asked without EDNS of a server that answers FORMERR to it', { edns: 'formerr' }],
    ['is asked without EDNS where EDNS is swallowed', { edns: 'silent' }],
    ['waits for a slow answer', { delayMs: 120 }],
    ['keeps waiting behind a wrong id', { strays: strays('wrong-id') }],
    ['keeps waiting behind a wrong question', { strays: strays('wrong-question') }],
    ['keeps waiting behind its own echo', { strays: strays('query') }],
    ['keeps waiting behind garbage and lies', { strays: strays('garbage', 'lying-lengths', 'compression-loop') }],
    ['goes by TCP where UDP is truncated', { truncate: 'answer' }],
    ['waits for a TCP answer that drips', { truncate: dripByTcp(1) }],
  ])('%s', async (_, behaviour) => {
    const { result } = await ask({ addresses: both, ...behaviour });
    expect(short(result)).toMatchObject({ end: 'dns', addresses: both });
    const last = answersOf(result).filter(({ failure }) => failure === null);
    // A question sent again brings its strays again.
    for (const { strays } of last) {
      if (behaviour.strays === undefined) expect(strays).toBe(0);
      else expect(strays).toBeGreaterThanOrEqual(behaviour.strays.length);
    }
    expect(last.map(({ truncated }) => truncated)).toEqual(Array(2).fill(behaviour.truncate !== undefined));
  });
});

describe.concurrent('a name that does not resolve', () => {
  const four = { families: [4], ...brief } as const;
  it.each<readonly [string, DnsBehaviour, string, string]>([
    ['NXDOMAIN', { answer: 'nxdomain' }, 'dns.not-found', 'udp NXDOMAIN dns.not-found'],
    ['no address', { answer: 'nodata' }, 'dns.no-address', 'udp NOERROR ok'],
    ['only the family that is not asked for', { addresses: ['2001:db8::1'] }, 'dns.no-address', 'udp NOERROR ok'],
    ['REFUSED', { answer: 'refused' }, 'dns.refused', 'udp REFUSED dns.refused'],
    ['another response code', { answer: 'notimp' }, 'dns.error', 'udp NOTIMP dns.error'],
    ['a referral instead of recursion', { answer: 'referral' }, 'dns.refused', 'udp NOERROR dns.refused'],
    ['a CNAME loop', { answer: 'cname-loop' }, 'dns.malformed', 'udp NOERROR dns.malformed'],
    ['silence', { answer: 'silent' }, 'dns.timeout', 'udp - dns.timeout'],
    [
      'only answers with a wrong id',
      { answer: 'silent', strays: strays('wrong-id') },
      'dns.timeout',
      'udp - dns.timeout',
    ],
    [
      'only answers to another question',
      { answer: 'silent', strays: strays('wrong-question') },
      'dns.timeout',
      'udp - dns.timeout',
    ],
    ['only garbage', { answer: 'silent', strays: strays('garbage') }, 'dns.malformed', 'udp - dns.malformed'],
    [
      'only lying lengths',
      { answer: 'silent', strays: strays('lying-lengths') },
      'dns.malformed',
      'udp - dns.malformed',
    ],
    [
      'only compression loops',
      { answer: 'silent', strays: strays('compression-loop') },
      'dns.malformed',
      'udp - dns.malformed',
    ],
    ['TCP silent after truncation', { truncate: 'silent', addresses: both }, 'dns.timeout', 'tcp - dns.timeout'],
    [
      'TCP reset after truncation',
      { truncate: resetByTcp, addresses: both },
      'dns.unreachable',
      'tcp - dns.unreachable',
    ],
    [
      'TCP closed after truncation',
      { truncate: cutByTcp, addresses: both },
      'dns.unreachable',
      'tcp - dns.unreachable',
    ],
    ['TCP garbage after truncation', { truncate: strayByTcp('garbage') }, 'dns.malformed', 'tcp - dns.malformed'],
    ['a wrong id by TCP', { truncate: strayByTcp('wrong-id') }, 'dns.timeout', 'tcp - dns.timeout'],
    ['TCP that drips too slowly', { truncate: dripByTcp(1000), addresses: both }, 'dns.timeout', 'tcp - dns.timeout'],
  ])('%s', async (_, behaviour, end, answer) => {
    const { result } = await ask(behaviour, four);
    expect(short(result)).toEqual({ end, addresses: [], answers: [`4 ${answer}`] });
    expect(answersOf(result)[0]?.truncated).toBe(behaviour.truncate !== undefined);
  });

  it.each([
    ['reset', resetByTcp],
    ['closed', cutByTcp],
  ])('TCP that is %s once, and asked on another connection', async (_, breaks) => {
    let connections = 0;
    const once: TcpReply = (socket, question, whole) =>
      connections++ === 0 ? breaks(socket, question, whole) : socket.write(whole);
    const { result } = await ask({ truncate: once, addresses: both }, four);
    expect({ status: result.status, connections }).toEqual({ status: 'passed', connections: 2 });
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
    const result = await resolver([dns], { ...four, timeoutMs: 10_000 }).resolve('a.test', always);
    expect(short(result)).toMatchObject({ end: 'dns.malformed' });
    expect(dns.log.length).toBeLessThanOrEqual(17);
  });
});

describe('the resolvers of this machine', () => {
  it('are addresses with ports', () => {
    for (const entry of machineResolvers()) expect(entry).toMatch(/^(\d+(\.\d+){3}|\[[0-9a-f:.%\w]+\]):\d+$/);
  });
});
