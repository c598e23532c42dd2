import { createSecureContext } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { startDnsServer } from '../../src/demo/dns-server.ts';
import { answer, httpOrigin } from '../../src/demo/origins-http.ts';
import type { Experiment } from '../../src/model/experiments.ts';
import type { Attempt, StageResult } from '../../src/model/observations.ts';
import type { Route } from '../../src/model/plan.ts';
import type { InsideRange } from '../../src/named-addresses.ts';
import { createResolver, type Resolver } from '../../src/probe/dns/resolve.ts';
import {
  createNamedHosts,
  follow,
  type Measured,
  type MeasureSettings,
  type Question,
} from '../../src/probe/measure.ts';
import { hopOf } from '../../src/probe/redirect.ts';
import { perform } from '../../src/probe/rounds.ts';
import { createProxies } from '../../src/probe/tunnel/proxies.ts';
import { noAccess } from '../../src/proxy/access.ts';
import * as observed from '../diagnose/observations.ts';
import { contextOf } from './attempt-kit.ts';

const closers: (() => unknown)[] = [];
const started = <T extends { close(): unknown }>(thing: T): T => {
  closers.push(() => thing.close());
  return thing;
};
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describe('hopOf', () => {
  const base = 'https://start.example.com/a/b?c=d';
  it.each([
    ['/next', { scheme: 'https', host: 'start.example.com', port: 443, url: 'https://start.example.com/next' }],
    [
      'http://Other.Example.com:8080/x#top',
      { scheme: 'http', host: 'other.example.com', port: 8080, url: 'http://other.example.com:8080/x' },
    ],
    ['//cdn.example.net', { scheme: 'https', host: 'cdn.example.net', port: 443, url: 'https://cdn.example.net/' }],
    ['https://[2001:db8::1]/', { scheme: 'https', host: '2001:db8::1', port: 443, url: 'https://[2001:db8::1]/' }],
    ['javascript:alert(1)', null],
    ['ms-appx://x', null],
    ['https://user:secret@example.com/', null],
    ['https://[broken', null],
  ])('%s', (location, expected) => {
    expect(hopOf(location, base)).toEqual(expected);
  });
});

const direct: Route = { kind: 'direct', source: 'default', why: 'default' };
const proxy: Route = { kind: 'proxy', protocol: 'http', host: '192.0.2.9', port: 8080, source: 'flag', why: '--proxy' };

const none = { status: 'skipped', because: 'not-applicable' } as const;
const stage = <V>(value: V): StageResult<V> => ({ status: 'passed', at: 0, ms: 1, value });

/** An answer of each address that leads to `location`, or to nowhere. */
function answering(question: Question, senders: Readonly<Record<string, string | null>>): Measured {
  const { host, port, scheme, url, route } = question;
  const attempts = Object.entries(senders).map(([sender, location]): Attempt => {
    return {
      ...{ family: 4, tcp: none, tunnel: none, tls: none },
      address: route.kind === 'proxy' ? null : sender,
      http: stage({
        ...{ status: location === null ? 200 : 302, reason: '', headersMs: 1, clockOffsetMs: 0 },
        ...{ headers: location === null ? [] : [['location', location] as const] },
        ...{ bodyExcerpt: '', bodyBytes: 0, bodyEnd: 'complete' as const },
      }),
    };
  });
  return { host, port, scheme, url, dns: none, attempts, route };
}

/** Resolves these names, and no others. */
const resolving = (names: Readonly<Record<string, readonly string[]>>): Resolver => ({
  resolve: async (host) =>
    names[host] === undefined
      ? { status: 'failed', at: 0, ms: 1, failure: observed.failure('dns.not-found'), partial: null }
      : stage({
          ...{ addresses: names[host].map((address) => ({ address, family: address.includes(':') ? 6 : 4 })) },
          ...{ from: 'dns', hostsFile: [], answers: [], system: null },
        }),
  close: () => {},
});

const names = {
  'trap.test': ['127.0.0.1'],
  'metadata.test': ['169.254.169.254'],
  'both.test': ['10.1.1.1', 'fd00::7'],
  'inside.test': ['10.1.1.1'],
  'outside.test': ['203.0.113.9'],
};

/** What is asked where `url` is a target that these addresses answer with these redirects, and how the last one ended. */
async function asked(
  url: string,
  senders: Readonly<Record<string, string | null>>,
  way: { readonly target?: Route; readonly hop?: Route } = {},
) {
  const { hostname, port } = new URL(url);
  const urls: (string | null)[] = [];
  const named = createNamedHosts();
  const plan = {
    ...observed.target(hostname),
    ...({ scheme: 'http', url, port: Number(port || 80), route: way.target ?? direct } as const),
  };
  const ask = async (question: Question): Promise<Measured> => {
    urls.push(question.url);
    return answering(question, urls.length === 1 ? senders : { '203.0.113.1': null });
  };
  const settings: MeasureSettings = {
    ...{ context: contextOf(), resolver: resolving(names), attempt: { userAgent: 'x', keepChain: () => 'c' } },
    ...{ proxies: createProxies(resolving({}), noAccess(), () => createSecureContext({ ca: [] })), named },
    routeFor: () => way.hop ?? way.target ?? direct,
  };
  const probes = await follow(plan, ask, settings);
  return { urls: urls.slice(1), ended: probes.at(-1)?.redirect ?? null, homes: named.homesOf(plan.id, 'inside.test') };
}

const to = (location: string, ...senders: readonly string[]) =>
  Object.fromEntries(senders.map((sender) => [sender, location]));

describe('a redirect leads to a range inside only from there', () => {
  it.each([
    ['this machine, from a unique-local address', 'http://127.0.0.1/admin', to('http://127.0.0.1/admin', 'fd00::2')],
    ['this machine by name, from a private address', 'x', to('http://trap.test/', '10.0.0.5')],
    ['the metadata of a cloud, from a private address', 'x', to('http://169.254.169.254/latest', '10.0.0.5')],
    ['the metadata of a cloud by name', 'x', to('http://metadata.test/latest', '10.0.0.5')],
    ['the metadata of a cloud, from beside it', 'x', to('http://169.254.169.254/latest', '169.254.0.5')],
    ['the metadata of a cloud by IPv6', 'x', to('http://[fd00:ec2::254]/latest', 'fd00::2')],
    ['the metadata of Azure, mapped', 'x', to('http://[::ffff:168.63.129.16]/machine', '203.0.113.1')],
    ['the unspecified address', 'x', to('http://0.0.0.0/', '10.0.0.5')],
    ['a private address, from outside', 'x', to('http://10.0.0.1/', '203.0.113.1')],
    [
      'this machine, from a name with an address here that answers something else',
      'x',
      { '203.0.113.1': 'http://127.0.0.1/admin', '127.0.0.1': null },
    ],
  ])('not to %s', async (_name, _url, senders) => {
    expect(await asked('http://start.test/', senders)).toMatchObject({ urls: [], ended: 'private-address' });
  });

  it.each([
    ['outside from outside', to('http://outside.test/', '203.0.113.1')],
    ['outside from inside', to('http://outside.test/', '10.0.0.5')],
    ['inside from the same range', to('http://inside.test/', '10.0.0.5')],
    ['an address there', to('http://172.16.0.1/', '10.0.0.5')],
    ['both kinds of private addresses from one of them', to('http://both.test/', '10.0.0.5')],
    ['this machine from this machine', to('http://localhost/', '::1')],
  ])('but to %s', async (_name, senders) => {
    expect(await asked('http://start.test/', senders)).toMatchObject({ urls: [expect.any(String)], ended: null });
  });

  it.each([
    ...[
      'http://localhost/admin',
      'http://localhost.localdomain/',
      'http://metadata.google.internal/computeMetadata/v1/',
    ],
    ...['http://168.63.129.16/machine', 'http://192.0.0.192/opc', 'http://169.254.169.254/', 'http://[::1]/'],
  ])('not to %s by a proxy that resolves names', async (location) => {
    const senders = to(location, '203.0.113.1');
    const refused = { urls: [], ended: 'private-address' };
    expect(await asked('http://start.test/', senders, { target: proxy })).toMatchObject(refused);
  });

  it('by a proxy to names that nobody here resolves, and to a range from an address in it', async () => {
    const { urls } = await asked('http://start.test/', to('http://portal.test/', '203.0.113.1'), { target: proxy });
    expect(urls).toEqual(['http://portal.test/']);
    const inside = await asked('http://10.0.0.5/', to('http://10.0.0.6/', '203.0.113.1'), { target: proxy });
    expect(inside.urls).toEqual(['http://10.0.0.6/']);
  });

  it('by no other port than the standard ones and the one that was planned', async () => {
    const from = (location: string) => asked('http://start.test:8401/', to(location, '10.0.0.5'));
    expect(await from('http://10.0.0.5:6379/')).toMatchObject({ urls: [], ended: 'other-port' });
    expect((await from('https://10.0.0.5/')).urls).toEqual(['https://10.0.0.5/']);
    expect((await from('http://10.0.0.6:8401/x')).urls).toEqual(['http://10.0.0.6:8401/x']);
  });
});

describe('what is asked again of a host that a redirect led to', () => {
  /** Whether a server on this machine is asked. */
  async function isAsked(homes: readonly InsideRange[] | null, does: 'measure' | 'connect'): Promise<boolean> {
    const trap = started(await httpOrigin({}, answer()));
    const dns = started(await startDnsServer({ 'b.test': { addresses: ['127.0.0.1'] } }));
    const context = contextOf();
    const naming = { ...context, servers: [dns.server], families: [4], hosts: new Map(), system: null } as const;
    const resolver = started(createResolver(naming));
    const named = createNamedHosts();
    const target = { ...observed.target('a.test'), route: direct };
    if (homes !== null) named.add(target.id, 'b.test', new Set(homes));
    const url = `http://b.test:${trap.port}/rebind`;
    const place = { host: 'b.test', port: trap.port } as const;
    const base = { id: 'again', kind: 'again', target: target.id, ...place } as const;
    const how = { port: trap.port, scheme: 'http', url } as const;
    const session = { servername: null, hello: 'classic', pad: 0, ciphers: null } as const;
    const versions = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' } as const;
    const experiment: Experiment =
      does === 'measure'
        ? { ...base, does: { action: 'measure', scheme: 'http', url } }
        : {
            ...base,
            does: { action: 'connect', ...how, ...session, ...versions, address: '127.0.0.1', family: 4 },
          };
    const settings: MeasureSettings = {
      ...{ context, resolver, attempt: { userAgent: 'x', keepChain: () => 'c' }, named, routeFor: () => direct },
      proxies: createProxies(resolver, noAccess(), () => createSecureContext({ ca: [] })),
    };
    const made = await perform(experiment, {
      ...{ measure: settings, patienceMs: 5_000, resolver: naming, targets: [target] },
    });
    expect(made !== null).toBe(trap.counts.requests > 0);
    return trap.counts.requests > 0;
  }

  it.each(['measure', 'connect'] as const)('meets the same rule (%s)', async (does) => {
    expect(await isAsked([], does)).toBe(false);
    expect(await isAsked(['private'], does)).toBe(false);
    expect(await isAsked(['loopback'], does)).toBe(true);
    expect(await isAsked(null, does)).toBe(true);
  });

  it('is known by who led there', async () => {
    expect((await asked('http://start.test/', to('http://inside.test/', '10.0.0.5'))).homes).toEqual(
      new Set(['private']),
    );
  });
});
