import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { propose } from '../../src/diagnose/propose/propose.ts';
import type { Experiment } from '../../src/model/experiments.ts';
import type {
  Attempt,
  DnsAnswer,
  ExperimentObservation,
  FailureCode,
  HttpValue,
  Observations,
} from '../../src/model/observations.ts';
import type { PerformedExperiment } from '../../src/model/performed-experiments.ts';
import { sentence } from '../../src/words/contract.ts';
import { en } from '../../src/words/en/index.ts';
import { type AddressSpec, controls, failure, type HostSpec, healthyMachine, run } from './observations.ts';

/** What the network does to an experiment: a connection's fate, or the addresses or response code of a name. */
type Fate = { readonly attempt: Omit<AddressSpec, 'address'> } | { readonly dns: readonly string[] | string };
type World = (experiment: Experiment) => Fate;

const silence: Fate = { attempt: { tcp: 'tcp.timeout' } };

/** The experiment with what it gave, and the chains that it met. */
function answered(
  experiment: Experiment,
  fate: Fate,
): ExperimentObservation & Pick<Observations, 'chains' | 'certificates'> {
  const { does, target, host } = experiment;
  const base = { target, hop: 0, redirect: null } as const;
  if (does.action === 'ask') {
    const said = 'dns' in fate ? fate.dns : 'NXDOMAIN';
    const addresses = typeof said === 'string' ? [] : said;
    const answer: DnsAnswer = {
      family: does.family,
      server: does.server,
      transport: does.transport,
      ms: 2,
      rcode: typeof said === 'string' ? said || null : 'NOERROR',
      addresses: addresses.map((address) => ({ address, ttl: 60 })),
      cnames: [],
      soa: null,
      extendedError: null,
      truncated: false,
      strays: 0,
      failure: addresses.length > 0 ? null : failure('dns.not-found'),
    };
    const dns =
      addresses.length > 0
        ? ({
            status: 'passed',
            at: 0,
            ms: 2,
            value: {
              addresses: addresses.map((address) => ({ address, family: 4 as const })),
              from: 'dns' as const,
              hostsFile: [],
              answers: [answer],
              system: null,
            },
          } as const)
        : ({
            status: 'failed',
            at: 0,
            ms: 2,
            failure: failure('dns.not-found'),
            partial: { answers: [answer] },
          } as const);
    return {
      ...experiment,
      chains: {},
      certificates: {},
      observation: { ...base, host: does.name, port: 53, scheme: 'tcp', url: null, dns, attempts: [] },
    };
  }
  const spec: AddressSpec = {
    ...('attempt' in fate ? fate.attempt : { tcp: 'tcp.timeout' }),
    address: does.action === 'connect' ? does.address : '20.1.2.3',
  };
  const scheme = does.scheme;
  const { probes, chains, certificates } = run([{ host, target: { scheme }, at: [spec] }]);
  const [probe] = probes;
  const [one] = probe?.attempts ?? [];
  const port = does.action === 'connect' ? does.port : experiment.port;
  const attempts = [one as Attempt];
  return {
    ...experiment,
    chains,
    certificates,
    observation: {
      ...base,
      host,
      port,
      scheme,
      url: does.url,
      dns: { status: 'skipped', because: 'not-applicable' },
      attempts,
    },
  };
}

/** As the run does it: five rounds at most. */
function followed(observations: Observations, world: World): Observations {
  let now = observations;
  for (let round = 0; round < 5; round++) {
    const experiments = propose(now).map((experiment) => answered(experiment, world(experiment)));
    if (experiments.length === 0) break;
    now = {
      ...now,
      experiments: [...now.experiments, ...experiments.map(({ chains: _, certificates: __, ...one }) => one)],
      chains: Object.assign({}, now.chains, ...experiments.map(({ chains }) => chains)),
      certificates: Object.assign({}, now.certificates, ...experiments.map(({ certificates }) => certificates)),
    };
  }
  return now;
}

const kinds = (observations: Observations): readonly PerformedExperiment[] =>
  propose(observations).map(({ kind }) => kind);
const roots = (observations: Observations) =>
  diagnose(observations).rootCauses.map(({ cause, confidence, targets }) => [cause, confidence, targets.length]);

const host = 'gateway.adatum.org';
const address = '20.1.2.3';
const one = (at: Partial<AddressSpec>, environment = healthyMachine): Observations =>
  run([{ host, at: [{ address, ...at }] }, ...controls], { environment });
const many = (count: number, name: (n: number) => string, at: Partial<AddressSpec>): readonly HostSpec[] =>
  Array.from({ length: count }, (_, n) => ({ host: name(n), at: [{ address: `20.7.${n >> 8}.${n & 255}`, ...at }] }));
const tls = (code: FailureCode): Fate => ({ attempt: { tls: code } });
const http = (value: Partial<HttpValue>) => ({ attempt: { http: value } });

/** A filter by server name, by what the experiments send. */
const filtered =
  (blocked: (name: string | null) => boolean) =>
  ({ does }: Pick<Experiment, 'does'>): Fate => {
    if (does.action !== 'connect' || does.scheme !== 'https') return silence;
    return blocked(does.servername) ? tls('tls.reset') : { attempt: {} };
  };

describe('what is proposed', () => {
  it('is nothing for a healthy run', () => {
    expect(propose(run(controls))).toEqual([]);
  });

  it.each<[string, Observations]>([
    ['a certificate that has expired', one({ tls: { leaf: { notAfter: '2026-06-14T00:00:00Z' } } })],
    ['a status that the documents name', one({ http: 426 })],
    ['an offline run', { ...one({ tls: 'tls.reset' }), plan: { ...one({}).plan, offline: true } }],
    ['an interrupted run', { ...one({ tls: 'tls.reset' }), ended: 'interrupted' }],
  ])('is nothing for %s', (_, observations) => {
    expect(propose(observations)).toEqual([]);
  });

  it('is at first the same again where few hosts fail in a way that chance can bring about', () => {
    expect(kinds(one({ tls: 'tls.reset' }))).toEqual(['again']);
    expect(kinds(one({ tcp: 'tcp.timeout' }))).toEqual(['again']);
    expect(kinds(one({ http: 'http.timeout' }))).toEqual(['again']);
  });

  it('is then what separates the causes still alive', () => {
    const observations = one({ tls: 'tls.reset' });
    const again = propose(observations).map((experiment) => answered(experiment, tls('tls.reset')));
    const second = propose({ ...observations, experiments: again });
    expect(second.map(({ kind }) => kind)).toEqual(['looks', 'documentation-address', 'neutral-name']);
    const [, , name] = second;
    expect(name?.does).toMatchObject({ address, servername: 'login.contoso.com', url: null });
    const experiments = [
      ...again,
      ...second.map((one) => answered(one, one.kind === 'documentation-address' ? silence : tls('tls.reset'))),
    ];
    expect(kinds({ ...observations, experiments })).toEqual(['tls-1.2', 'tls-1.3']);
  });

  it('is what decides whether anything fails, and no more, where experiments are not wanted', () => {
    const asked = one({ tls: 'tls.reset' });
    const observations = { ...asked, plan: { ...asked.plan, experiments: false } };
    expect(kinds(observations)).toEqual(['again']);
    const again = propose(observations).map((experiment) => answered(experiment, tls('tls.reset')));
    expect(kinds({ ...observations, experiments: again })).toEqual(['looks']);
  });

  it.each([
    ['as much of an answer as fits into small packets', 700, true],
    ['what only packets of full size can have brought', 1_670, false],
  ])('asks whether large packets are lost after %s: %i bytes', (_, bytesRead, asks) => {
    const cut: AddressSpec = { address, tls: 'tls.timeout', tlsPartial: { bytesRead } };
    const observations = run([{ host, at: [cut] }, ...controls]);
    const again = propose(observations).map((experiment) => answered(experiment, { attempt: cut }));
    expect(again.map(({ kind }) => kind)).toEqual(['again']);
    expect(kinds({ ...observations, experiments: again }).includes('refusable-hello')).toBe(asks);
  });

  it('never names a host that fails itself as the neutral one', () => {
    const observations = run([
      { host, at: [{ address, tls: 'tls.reset' }] },
      { host: 'a.contoso.com', at: [{ address: '20.1.2.4', tls: 'tls.reset' }] },
    ]);
    const again = propose(observations).map((experiment) => answered(experiment, tls('tls.reset')));
    const names = propose({ ...observations, experiments: again }).flatMap(({ kind, does }) =>
      kind === 'neutral-name' && does.action === 'connect' ? [does.servername] : [],
    );
    expect(new Set(names)).toEqual(new Set(['www.example.com']));
  });

  it.each<[string, readonly HostSpec[]]>([
    ['of one domain', many(1000, (n) => `h${n}.adatum.org`, { tls: 'tls.reset' })],
    ['of a thousand domains', many(1000, (n) => `www.adatum${n}.org`, { tls: 'tls.reset' })],
    ['that are dropped', many(1000, (n) => `www.adatum${n}.org`, { tcp: 'tcp.timeout' })],
    ['without a name', many(1000, (n) => `h${n}.adatum.org`, {}).map((spec) => ({ ...spec, dns: 'dns.not-found' }))],
  ])('stays a handful for a thousand failing hosts %s', (_, hosts) => {
    const done = followed(run([...hosts, ...controls]), () => tls('tls.reset'));
    expect(done.experiments.length).toBeGreaterThan(0);
    expect(done.experiments.length).toBeLessThanOrEqual(24);
    const signatures = new Map<string, number>();
    for (const { host: name } of done.experiments) {
      const domain = name.split('.').slice(-2).join('.');
      signatures.set(domain, (signatures.get(domain) ?? 0) + 1);
    }
    expect(Math.max(...signatures.values())).toBeLessThanOrEqual(8);
    expect(new Set(done.experiments.map(({ id }) => id)).size).toBe(done.experiments.length);
  });

  it('asks only name servers that this machine knows, and a different one than before', () => {
    const environment = { ...healthyMachine, resolvers: ['203.0.113.53', '203.0.113.54'] };
    const observations = run([{ host, dns: 'dns.not-found' }, ...controls], { environment });
    expect(kinds(observations)).toEqual(['again']);
    const again = propose(observations).map((experiment) => ({
      ...experiment,
      observation: observations.probes[0] as (typeof observations.probes)[0],
    }));
    const asked = propose({ ...observations, experiments: again }).flatMap(({ kind, does }) =>
      does.action === 'ask' && kind !== 'looks' ? [[kind, does.name, does.server]] : [],
    );
    expect(asked).toEqual([
      ['other-resolver', host, '203.0.113.54:53'],
      ['sibling-name', expect.stringMatching(/^wayclear-[0-9a-f]{12}\.adatum\.org$/), '203.0.113.53:53'],
    ]);
  });

  it('is nothing where an authenticated origin refuses HEAD, or a plain one says that there is nothing', () => {
    expect(kinds(run([...heads(1, 'https'), ...controls]))).toEqual([]);
    expect(kinds(run([...heads(1, 'http', { http: { status: 404 } }), ...controls]))).toEqual([]);
  });

  it('is nothing where the document names the status that HEAD gets', () => {
    const documented = heads(2, 'http').map((spec) => ({
      ...spec,
      target: { ...spec.target, expect: { status: [200, 403], header: null } },
    }));
    expect(kinds(run([...documented, ...controls]))).toEqual([]);
  });

  it('is at most two requests for one kind of faceless answer', () => {
    expect(kinds(run([...heads(5, 'http'), ...controls]))).toEqual(['body', 'body']);
  });

  it('is the same for the same observations', () => {
    const observations = one({ tls: 'tls.reset' });
    expect(propose(JSON.parse(JSON.stringify(observations)) as Observations)).toEqual(propose(observations));
  });
});

const portal = http({ status: 302, headers: [['location', 'http://portal.hotspot.example/login']] });
const ledTogether = (hops: readonly HostSpec[]): readonly HostSpec[] =>
  ['a.adatum.org', 'b.tailspin.com'].map((name, n) => ({
    host: name,
    target: { scheme: 'http' },
    at: [{ address: `20.1.1.${n + 1}`, http: ledAway }],
    hops,
  }));
const ledAway: Partial<HttpValue> = { status: 302, headers: [['location', 'https://access.lobby.example/']] };
/** The same host inside, under an authority of the company's own. */
const inLobby: HostSpec = {
  host: 'access.lobby.example',
  at: [{ address: '10.9.9.9', tls: { root: 'Company Root', stores: ['machine'] } }],
};
const sixFail = (at: Partial<AddressSpec>): Observations => run(many(6, (n) => `www.adatum${n}.org`, at));
const two: readonly HostSpec[] = [
  ...many(3, (n) => `h${n}.adatum.org`, { tls: 'tls.reset' }),
  { host: 'api.wingtip.io', at: [{ address: '20.8.0.1', tls: 'tls.reset' }] },
];

const filterPage = http({
  status: 403,
  headers: [['content-type', 'text/html']],
  bodyExcerpt: '<html><title>Web Page Blocked</title>FortiGuard Web Filtering',
  bodyBytes: 60,
});
/** HEAD, answered without a word of who answers. */
const heads = (count: number, scheme: 'http' | 'https', at: Partial<AddressSpec> = {}): readonly HostSpec[] =>
  many(count, (n) => `list${n}.adatum.org`, { http: { status: 403, headers: [['server', 'x']] }, ...at }).map(
    (spec) => ({
      ...spec,
      target: { scheme, method: 'HEAD' as const, url: `${scheme}://${spec.host}/list.crl` },
    }),
  );
const privately: Partial<AddressSpec> = { tls: { stores: ['machine'], root: 'Contoso Inspection CA' } };

type Row = readonly [what: string, observations: Observations, world: World, expected: ReturnType<typeof roots>];
const rows: readonly Row[] = [
  [
    'a name that is reset everywhere while others pass at its address',
    one({ tls: 'tls.reset' }),
    filtered((name) => name === host),
    [['tls.sni-filtered', 'high', 1]],
  ],
  ['an address that resets every name', one({ tls: 'tls.reset' }), filtered(() => true), [['tls.reset', 'high', 1]]],
  [
    'a filter of one domain beside a host that resets everything: both',
    run([...two, ...controls, ...many(20, (n) => `www.tailspin${n}.com`, {})]),
    ({ does }) => {
      const all = does.action === 'connect' && does.address === '20.8.0.1';
      return filtered((name) => all || name?.endsWith('adatum.org') === true)({ does });
    },
    [
      ['tls.sni-filtered', 'high', 3],
      ['tls.reset', 'high', 1],
    ],
  ],
  [
    'a documentation address that connects, and every name reset',
    one({ tls: 'tls.reset' }),
    ({ kind, does }) => (kind === 'documentation-address' ? { attempt: {} } : filtered(() => true)({ does })),
    [['tcp.intercepted', 'high', 1]],
  ],
  [
    'a documentation address that connects, and one name reset: what ends connections there lets others through',
    one({ tls: 'tls.reset' }),
    ({ kind, does }) => (kind === 'documentation-address' ? { attempt: {} } : filtered((n) => n === host)({ does })),
    [['tls.sni-filtered', 'high', 1]],
  ],
  [
    'every connection dropped, and plain HTTP led to one page',
    sixFail({ tcp: 'tcp.timeout' }),
    ({ kind }) => (kind === 'plain-http' ? portal : silence),
    [['http.captive-portal', 'medium', 6]],
  ],
  [
    'every connection dropped, and one plain HTTP answer from the host itself',
    sixFail({ tcp: 'tcp.timeout' }),
    ({ kind, host: name }) =>
      kind !== 'plain-http' ? silence : name === 'www.adatum0.org' ? http({ status: 200 }) : portal,
    [['tcp.dropped', 'high', 6]],
  ],
  [
    'every connection dropped, and a neutral host that answers',
    sixFail({ tcp: 'tcp.timeout' }),
    ({ kind }) => (kind === 'neutral-request' ? http({ status: 200, bodyExcerpt: 'Microsoft Connect Test' }) : silence),
    [['tcp.dropped', 'medium', 6]],
  ],
  [
    'one plain answer that leads elsewhere, and a neutral host that is led there as well',
    run([{ host, target: { scheme: 'http' }, at: [{ address: '20.1.1.1', http: ledAway }] }]),
    ({ kind }) => (kind === 'neutral-request' ? http(ledAway) : silence),
    [['http.captive-portal', 'high', 1]],
  ],
  [
    'one plain answer that leads elsewhere, and a neutral host that answers in its own words',
    run([{ host, target: { scheme: 'http' }, at: [{ address: '20.1.1.1', http: ledAway }] }]),
    ({ kind }) => (kind === 'neutral-request' ? http({ status: 200, bodyExcerpt: 'Microsoft Connect Test' }) : silence),
    [],
  ],
  [
    'plain answers of two owners that lead to one host, which proves to be itself, and a genuine neutral answer',
    run(ledTogether([{ host: 'access.lobby.example' }])),
    ({ kind }) => (kind === 'neutral-request' ? http({ status: 200, bodyExcerpt: 'Microsoft Connect Test' }) : silence),
    [],
  ],
  [
    'plain answers of two owners that lead to a host inside, and a genuine neutral answer',
    run(ledTogether([inLobby])),
    ({ kind }) => (kind === 'neutral-request' ? http({ status: 200, bodyExcerpt: 'Microsoft Connect Test' }) : silence),
    [['http.block-page', 'medium', 2]],
  ],
  [
    'plain answers of two owners that lead to one host, of which nothing is known, and a genuine neutral answer',
    run(ledTogether([])),
    ({ kind }) => (kind === 'neutral-request' ? http({ status: 200, bodyExcerpt: 'Microsoft Connect Test' }) : silence),
    [['http.block-page', 'medium', 2]],
  ],
  [
    'plain answers of two owners that lead to one host, and no neutral answer',
    run(ledTogether([])),
    () => silence,
    [['http.captive-portal', 'medium', 2]],
  ],
  [
    'a dropped port beside one that answers',
    one({ tcp: 'tcp.timeout' }),
    ({ kind }) => (kind === 'plain-http' ? http({ status: 200 }) : silence),
    [['tcp.dropped', 'high', 1]],
  ],
  ['an address that answers on no port', one({ tcp: 'tcp.timeout' }), () => silence, [['tcp.dropped', 'medium', 1]]],
  [
    'a drop that is over when it is tried again',
    one({ tcp: 'tcp.timeout' }),
    ({ kind }) => (kind === 'again' || kind === 'looks' ? { attempt: {} } : silence),
    [],
  ],
  [
    'a refusal that is over when it is tried again',
    one({ tcp: 'tcp.refused' }),
    ({ kind }) => (kind === 'again' || kind === 'looks' ? { attempt: {} } : { attempt: { tcp: 'tcp.refused' } }),
    [],
  ],
  [
    'a refusal that comes again',
    one({ tcp: 'tcp.refused' }),
    () => ({ attempt: { tcp: 'tcp.refused' } }),
    [['tcp.refused', 'medium', 1]],
  ],
  [
    'resets of five hosts that all work alone',
    run([...many(5, (n) => `h${n}.adatum.org`, { tls: 'tls.reset' }), ...controls]),
    () => ({ attempt: {} }),
    [],
  ],
  [
    'a name that cannot exist at the address of the others',
    run(
      many(2, (n) => `h${n}.adatum.org`, {}).map((spec) => ({
        ...spec,
        at: [{ address, tcp: 'tcp.timeout' as const }],
      })),
    ),
    ({ kind }) => (kind === 'random-name' ? { dns: [address] } : silence),
    [['dns.redirected', 'high', 2]],
  ],
  [
    'refusals of HEAD over plain HTTP that are a page of a filter when GET asks two of them',
    run([...heads(5, 'http'), ...controls]),
    ({ kind }) => (kind === 'body' ? filterPage : silence),
    [['http.block-page', 'medium', 5]],
  ],
  [
    "a refusal of HEAD over plain HTTP that is the origin's own when GET asks",
    run([...heads(5, 'http'), ...controls]),
    ({ kind }) => (kind === 'body' ? http({ status: 403, bodyExcerpt: 'AccessDenied', bodyBytes: 12 }) : silence),
    [],
  ],
  [
    'a refusal of HEAD over plain HTTP about which GET finds nothing out',
    run([...heads(1, 'http'), ...controls]),
    () => silence,
    [],
  ],
  [
    "a refusal of HEAD in a session of the company's own, and the page that GET gets",
    run([...heads(1, 'https', privately), ...controls]),
    ({ kind }) => (kind === 'body' ? { attempt: { ...filterPage.attempt, ...privately } } : silence),
    [['http.block-page', 'medium', 1]],
  ],
  [
    'a hosts entry, and an address of the name servers that works',
    run([
      {
        host,
        dns: { from: 'hosts-file', hostsFile: [address] },
        at: [{ address, tcp: 'tcp.timeout' }],
        answer: { addresses: [{ address: '20.9.9.9', ttl: 60 }] },
      },
      ...controls,
    ]),
    ({ kind }) => (kind === 'other-address' ? { attempt: {} } : silence),
    [['dns.hosts-file', 'high', 1]],
  ],
  [
    'a hosts entry, and an address of the name servers that fails as well',
    run([
      {
        host,
        dns: { from: 'hosts-file', hostsFile: [address] },
        at: [{ address, tcp: 'tcp.timeout' }],
        answer: { addresses: [{ address: '20.9.9.9', ttl: 60 }] },
      },
      ...controls,
    ]),
    () => silence,
    [['dns.hosts-file', 'medium', 1]],
  ],
  [
    'a name that another name server knows',
    run([{ host, dns: 'dns.not-found' }, ...controls], {
      environment: { ...healthyMachine, resolvers: ['203.0.113.53', '203.0.113.54'] },
    }),
    ({ kind }) => ({ dns: kind === 'other-resolver' ? [address] : 'NXDOMAIN' }),
    [['dns.not-found', 'high', 1]],
  ],
  [
    'a resolver that denies even the name that always exists',
    run([{ host, dns: 'dns.not-found' }]),
    () => ({ dns: 'NXDOMAIN' }),
    [['dns.internal-only', 'high', 1]],
  ],
  [
    'a resolver that knows the name that always exists',
    run([{ host, dns: 'dns.not-found' }]),
    ({ kind }) => ({ dns: kind === 'control-name' ? ['20.9.9.9'] : 'NXDOMAIN' }),
    [['dns.not-found', 'medium', 1]],
  ],
];

describe('what experiments make of', () => {
  it.each(rows)('%s', (_, observations, world, expected) => {
    const done = followed(observations, world);
    expect(roots(done)).toEqual(expected);
    for (const fact of diagnose(done).rootCauses.flatMap(({ evidence }) => evidence)) {
      expect(Object.hasOwn(en.facts, fact.code), fact.code).toBe(true);
      expect(sentence(en, fact)).not.toMatch(/undefined|NaN|\[object/);
    }
    expect(diagnose(JSON.parse(JSON.stringify(done)) as Observations)).toEqual(diagnose(done));
  });

  const healthyCrowd = many(8, (n) => `well${n}.adatum.org`, {});
  const crowd = run([...healthyCrowd, ...many(40, (n) => `h${n}.adatum.org`, { tls: 'tls.reset' }), ...controls]);

  it('more hosts than are repeated, when all work slowly: too much at once, and no finding', () => {
    const { rootCauses, checks, summary } = diagnose(followed(crowd, () => ({ attempt: {} })));
    expect(rootCauses).toEqual([]);
    expect(summary.reachable).toBe(50);
    expect(checks.find(({ id }) => id === 'pace')).toMatchObject({ verdict: 'warn', cause: null });
  });

  it('rests before it repeats what a limit may have kept out, and for nothing else', () => {
    const rested = (observations: Observations) => propose(observations).some((experiment) => experiment.rested);
    expect(rested(crowd)).toBe(true);
    const alone = run([...many(1, () => 'h.adatum.org', { tls: 'tls.reset' }), ...controls, ...healthyCrowd]);
    expect(rested(alone)).toBe(false);
    const fromTheFirst = run([...many(6, (n) => `h${n}.adatum.org`, { tls: 'tls.reset' }), ...controls]);
    expect(rested(fromTheFirst)).toBe(false);
  });

  it('more hosts than are repeated, when the run ends before: load is suspected and nothing is sure', () => {
    const done = followed(crowd, () => ({ attempt: {} }));
    const experiments = done.experiments.filter(({ slowly }) => slowly !== true);
    const { rootCauses, summary } = diagnose({ ...done, experiments });
    expect(rootCauses).toMatchObject([{ cause: 'undetermined', confidence: 'low' }]);
    expect(rootCauses[0]?.evidence.map(({ code }) => code)).toContain('tried.load');
    expect(summary.reachable).toBeGreaterThan(2);
  });
});

describe('an address that refused twice', () => {
  const refused: Fate = { attempt: { tcp: 'tcp.refused' } };
  const looked = (looks: Fate) =>
    followed(one({ tcp: 'tcp.refused' }), ({ kind }) => (kind === 'looks' ? looks : refused));

  it('is looked at three times more, and refuses at times where a look gets through', () => {
    const run = looked({ attempt: {} });
    expect(run.experiments.filter(({ kind }) => kind === 'looks')).toMatchObject([{ times: 3 }]);
    const { targets, rootCauses } = diagnose(run);
    expect(rootCauses).toMatchObject([{ cause: 'tcp.refused', severity: 'warning' }]);
    expect(targets[0]).toMatchObject({ verdict: 'degraded', findings: [{ steadiness: { failed: 2, tried: 3 } }] });
  });

  it.each([
    [2, 2],
    [5, 5],
  ])('refuses always where none of the %i looks of --repeat does, and says so', (repeat, tried) => {
    const before = one({ tcp: 'tcp.refused' });
    const run = followed({ ...before, plan: { ...before.plan, repeat } }, () => refused);
    const experiments = run.experiments.map((made) => {
      const { attempts } = made.observation;
      const looks = Array.from({ length: made.times ?? 1 }, () => attempts).flat();
      return { ...made, observation: { ...made.observation, attempts: looks } };
    });
    const { targets } = diagnose({ ...run, experiments });
    expect(targets[0]).toMatchObject({ verdict: 'unreachable', findings: [{ steadiness: { failed: tried, tried } }] });
    expect(targets.slice(1).flatMap(({ findings }) => findings)).toEqual([]);
  });

  it('refuses always where no look does', () => {
    const { targets } = diagnose(looked(refused));
    expect(targets[0]).toMatchObject({ verdict: 'unreachable', findings: [{ cause: 'tcp.refused' }] });
    expect(targets[0]?.findings[0]?.steadiness).toBeUndefined();
  });
});
