import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { propose } from '../../src/diagnose/propose/propose.ts';
import type { CauseId } from '../../src/model/causes.ts';
import type {
  Attempt,
  FailureCode,
  HttpValue,
  Observation,
  Observations,
  ProxyAuthentication,
  ProxySourceFacts,
} from '../../src/model/observations.ts';
import type { Route, Target } from '../../src/model/plan.ts';
import { failure, type HostSpec, healthyMachine, run } from './observations.ts';

const route = { kind: 'proxy', protocol: 'http', host: 'proxy.corp.example', port: 3128 } as const;
const configured: Route = { ...route, source: 'environment', why: 'HTTPS_PROXY' };
const proxy = 'http://proxy.corp.example:3128';
const contact = { proxy, dns: null, address: '10.0.0.9', failed: [] } as const;
const noStage = (because: 'tunnel' | 'tcp' | 'not-applicable') => ({ status: 'skipped', because }) as const;

type Answer = Pick<HttpValue, 'status'> & Partial<HttpValue>;

/** Runs are healthy ones of direct hosts; this makes the attempts of each go through the proxy, which answers so. */
function through(answer: (host: string) => Answer | null, hosts: readonly HostSpec[]): Observations {
  const observations = run(hosts);
  const tcp = { status: 'passed', at: 0, ms: 1, value: { localAddress: '10.0.0.5', localPort: 50_000 } } as const;
  const attempt = (observation: Observation, before: Attempt): Attempt => {
    const said = answer(observation.host);
    const base = { address: null, family: null, proxy: contact, tcp } as const;
    const via = observation.scheme === 'http' ? 'absolute-form' : 'connect';
    const value = {
      proxy,
      via,
      reason: '',
      headers: [],
      bodyExcerpt: '',
      ...said,
      status: said?.status ?? 200,
    } as const;
    const done = { status: 'passed', at: 0, ms: 5, value } as const;
    if (said === null) return { ...before, ...base, tunnel: done };
    if (via === 'connect') {
      const refused = failure('tunnel.refused', { detail: String(said.status) });
      const tunnel = { status: 'failed', at: 0, ms: 5, failure: refused, partial: value } as const;
      return { ...base, tunnel, tls: noStage('tunnel'), http: noStage('tunnel') };
    }
    const http: HttpValue = {
      reason: '',
      headers: [],
      headersMs: 5,
      clockOffsetMs: null,
      bodyExcerpt: '',
      bodyBytes: 0,
      bodyEnd: 'complete',
      ...said,
    };
    return {
      ...base,
      tunnel: done,
      tls: noStage('not-applicable'),
      http: { status: 'passed', at: 0, ms: 5, value: http },
    };
  };
  return {
    ...observations,
    plan: { ...observations.plan, targets: observations.plan.targets.map((one) => ({ ...one, route: configured })) },
    probes: observations.probes.map((one) => ({
      ...one,
      route: configured,
      dns: noStage('not-applicable'),
      attempts: one.attempts.map((before) => attempt(one, before)),
    })),
  };
}

const findings = (observations: Observations): readonly (readonly string[])[] =>
  diagnose(observations).targets.map(({ verdict, findings: found }) => [
    verdict,
    ...found.filter(({ explainedBy }) => explainedBy === null).map(({ cause }) => cause),
  ]);

const fine: HostSpec = { host: 'fine.contoso.com' };
const broken: HostSpec = { host: 'host.fabrikam.net' };
const plain: HostSpec = { host: 'host.fabrikam.net', target: { scheme: 'http' } };

/** Squid's words (its errors/ templates), RFC 9209's, and what they mean; null where a status alone stands for the answer. */
const words: readonly (readonly [text: string, status: number, cause: CauseId, alternatives?: readonly CauseId[]])[] = [
  ['ERR_ACCESS_DENIED 0', 403, 'proxy.denied'],
  ['ERR_FORWARDING_DENIED 0', 403, 'proxy.denied'],
  ['ERR_ACL_TIME_QUOTA_EXCEEDED 0', 403, 'proxy.denied'],
  ['ERR_DNS_FAIL 0', 503, 'proxy.upstream-dns'],
  ['ERR_CANNOT_FORWARD 0', 500, 'proxy.upstream-dns', ['proxy.upstream-unreachable']],
  ['ERR_CANNOT_FORWARD 0', 503, 'proxy.upstream-unreachable'],
  ['ERR_CONNECT_FAIL 111', 503, 'proxy.upstream-unreachable'],
  ['ERR_CONNECT_FAIL 110', 504, 'proxy.upstream-unreachable'],
  ['ERR_SECURE_CONNECT_FAIL 71', 503, 'proxy.upstream-unreachable'],
  ['ERR_READ_ERROR 104', 502, 'proxy.upstream-unreachable'],
  // Without an error number there was no connection that could break.
  ['ERR_READ_ERROR 0', 502, 'proxy.upstream-dns', ['proxy.upstream-unreachable']],
  ['ERR_ZERO_SIZE_OBJECT 0', 502, 'proxy.upstream-unreachable'],
  ['ERR_WRITE_ERROR 32', 502, 'proxy.upstream-unreachable'],
  ['ERR_READ_TIMEOUT 0', 504, 'proxy.timeout'],
  ['ERR_LIFETIME_EXP 0', 504, 'proxy.timeout'],
  ['ERR_SOMETHING_NEW 0', 502, 'proxy.upstream-unreachable', ['proxy.timeout', 'proxy.upstream-dns']],
];
const proxyStatus: typeof words = [
  ['squid; error=dns_error', 502, 'proxy.upstream-dns'],
  ['squid; error=dns_timeout', 504, 'proxy.upstream-dns'],
  ['squid; error=connection_refused', 502, 'proxy.upstream-unreachable'],
  ['squid; error=destination_ip_unroutable', 502, 'proxy.upstream-unreachable'],
  ['squid; error=connection_timeout', 504, 'proxy.timeout'],
  ['squid; error=http_request_denied', 403, 'proxy.denied'],
  ['squid; error=destination_ip_prohibited', 502, 'proxy.denied'],
];
type Row = [name: string, text: string, status: number, cause: CauseId, alternatives?: readonly CauseId[]];
const rows = [
  ...words.map((row): Row => ['x-squid-error', ...row]),
  ...proxyStatus.map((row): Row => ['proxy-status', ...row]),
];

describe('what a proxy says of its own trouble', () => {
  it.each(rows)('is believed for CONNECT: %s %s with %i is %s', (name, text, status, cause, alternatives = []) => {
    const answer = { status, headers: [[name, text]] as const };
    const { rootCauses } = diagnose(through((host) => (host === broken.host ? answer : null), [fine, broken]));
    expect(rootCauses.map((root) => [root.cause, root.targets, root.alternatives, root.confidence])).toEqual([
      [cause, ['lab/host.fabrikam.net'], alternatives, alternatives.length === 0 ? 'high' : 'medium'],
    ]);
    expect(JSON.stringify(rootCauses[0]?.evidence)).toContain(text);
  });

  it.each(rows)('is believed for plain HTTP: %s %s with %i is %s', (name, text, status, cause, alternatives = []) => {
    const answer = { status, headers: [[name, text]] as const };
    const { rootCauses } = diagnose(through((host) => (host === plain.host ? answer : null), [fine, plain]));
    expect(rootCauses.map((root) => [root.cause, root.alternatives])).toEqual([[cause, alternatives]]);
  });

  it('is not needed: without it a status leaves more open', () => {
    const { rootCauses } = diagnose(through((host) => (host === broken.host ? { status: 502 } : null), [fine, broken]));
    expect(rootCauses.map(({ cause, confidence, alternatives }) => [cause, confidence, alternatives])).toEqual([
      ['proxy.upstream-unreachable', 'medium', ['proxy.timeout', 'proxy.upstream-dns']],
    ]);
  });
});

describe('an answer to plain HTTP that says nothing of who wrote it', () => {
  const page = (host: string) => `<h1>${host} is not allowed here</h1>`;
  const other: HostSpec = { host: 'other.fabrikam.net', target: { scheme: 'http' } };
  const server = (name: string): HttpValue['headers'] => [['server', name]];
  const welcome = { status: 200, headers: server('nginx'), bodyExcerpt: 'Welcome' };
  const only = (answers: Readonly<Record<string, Answer>>) => (host: string) => answers[host] ?? null;
  const tunnel = 'fine.contoso.com';
  const request = 'other.fabrikam.net';

  it.each<[string, Readonly<Record<string, Answer>>, readonly string[]]>([
    [
      'is the proxy’s where it gave the same to CONNECT',
      { [tunnel]: { status: 403, bodyExcerpt: page(tunnel) }, [request]: { status: 403, bodyExcerpt: page(request) } },
      ['unreachable proxy.denied', 'unreachable proxy.denied'],
    ],
    [
      'is judged as that one was',
      { [tunnel]: { status: 504, bodyExcerpt: 'late' }, [request]: { status: 504, bodyExcerpt: 'late' } },
      ['unreachable proxy.timeout', 'unreachable proxy.timeout'],
    ],
    [
      'is the origin’s where it is another page',
      {
        [tunnel]: { status: 403, bodyExcerpt: page(tunnel) },
        [request]: { status: 403, bodyExcerpt: 'Sign in first' },
      },
      ['unreachable proxy.denied', 'reachable'],
    ],
    [
      'proves no path where there is no page to know anybody by',
      { [tunnel]: { status: 403 }, [request]: { status: 403 } },
      ['unreachable proxy.denied', 'unreachable proxy.denied'],
    ],
    [
      'is that of a web server which answers CONNECT as one',
      { [tunnel]: { status: 405, headers: server('nginx'), bodyExcerpt: '405 Not Allowed' }, [request]: welcome },
      ['unreachable proxy.not-a-proxy', 'unreachable proxy.not-a-proxy'],
    ],
    [
      'does not make a proxy of whoever answers CONNECT as a web server',
      { [tunnel]: { status: 501, bodyExcerpt: 'Unsupported method' }, [request]: welcome },
      ['unreachable proxy.not-a-proxy', 'reachable'],
    ],
    [
      'is the origin’s where the proxy signs what it hands on',
      {
        [tunnel]: { status: 405, headers: server('nginx') },
        [request]: { ...welcome, headers: [...server('nginx'), ['via', '1.1 proxy']] },
      },
      ['unreachable proxy.denied', 'reachable'],
    ],
  ])('%s', (_name, answers, expected) => {
    const observations = through(only(answers), [fine, other]);
    expect(findings(observations).map((one) => one.join(' '))).toEqual(expected);
    expect(diagnose(observations).rootCauses).toHaveLength(1);
  });

  it('is shown with the host whose tunnel was refused with it', () => {
    const said = { status: 451, bodyExcerpt: 'By law' };
    const [root] = diagnose(through(only({ [tunnel]: said, [request]: said }), [fine, other])).rootCauses;
    expect(root?.evidence).toContainEqual({
      code: 'proxy.same-answer',
      args: { host: request, proxy, other: tunnel },
    });
  });
});

describe('a refusal whose page does not end before the stage does', () => {
  it('is the refusal', () => {
    const observations = through((host) => (host === broken.host ? { status: 403 } : null), [fine, broken]);
    const probes = observations.probes.map((one) => ({
      ...one,
      attempts: one.attempts.map((attempt) =>
        attempt.tunnel.status !== 'failed'
          ? attempt
          : { ...attempt, tunnel: { ...attempt.tunnel, failure: failure('tunnel.timeout') } },
      ),
    }));
    expect(findings({ ...observations, probes })).toEqual([['reachable'], ['unreachable', 'proxy.denied']]);
  });
});

describe('a 407 that nobody could answer', () => {
  const auth = (skipped: ProxyAuthentication['skipped']): ProxyAuthentication => ({
    offered: ['negotiate', ...skipped.slice(1).map(({ scheme }) => scheme)],
    scheme: null,
    tried: [],
    legs: 0,
    skipped,
    failed: { reason: 'ticket', detail: 'not-installed' },
  });
  const ticket = { scheme: 'negotiate', why: 'not-installed' } as const;

  const answeredWith = (said: ProxyAuthentication): Observations => {
    const observations = through((host) => (host === broken.host ? { status: 407 } : null), [fine, broken]);
    const probes = observations.probes.map((one) => ({
      ...one,
      attempts: one.attempts.map((attempt): Attempt => {
        if (attempt.tunnel.status !== 'failed') return attempt;
        const partial = { ...attempt.tunnel.partial, auth: said };
        return { ...attempt, tunnel: { ...attempt.tunnel, failure: failure('tunnel.auth'), partial } };
      }),
    }));
    return { ...observations, probes };
  };

  it.each<[string, ProxyAuthentication['skipped'], CauseId]>([
    ['for want of a ticket alone', [ticket], 'proxy.auth-unsupported'],
    ['where an account would do as well', [ticket, { scheme: 'ntlm', why: 'no-credentials' }], 'proxy.auth-required'],
  ])('%s', (_name, skipped, cause) => {
    expect(findings(answeredWith(auth(skipped)))).toEqual([['reachable'], ['unreachable', cause]]);
  });

  it('for it names no scheme may be one that any account would do for', () => {
    const nothing = { ...auth([]), offered: [], failed: { reason: 'no-challenge', detail: null } };
    const [root] = diagnose(answeredWith(nothing)).rootCauses;
    expect([root?.cause, root?.confidence, root?.alternatives]).toEqual([
      'proxy.auth-unsupported',
      'medium',
      ['proxy.auth-required'],
    ]);
  });
});

describe('a bypass list', () => {
  const bypassed: Route = { kind: 'direct', source: 'environment', why: 'NO_PROXY', bypass: '.fabrikam.net' };
  const source: ProxySourceFacts = {
    source: 'environment',
    won: true,
    proxies: [{ scheme: 'https', proxy, name: 'HTTPS_PROXY' }],
    bypass: { name: 'NO_PROXY', list: '.fabrikam.net' },
    pacUrl: null,
    autoDetect: false,
    mistakes: [],
    notes: [],
  };
  const closed: readonly HostSpec[] = ['a', 'b'].map((name) => ({
    host: `${name}.fabrikam.net`,
    target: { route: bypassed },
    at: [{ address: '20.1.2.3', tcp: 'tcp.timeout' }],
  }));

  interface Beside {
    readonly host: string;
    /** How it ended through the proxy; null: an answer came. */
    readonly failure: FailureCode | null;
  }
  /** A run past the proxy, with what the proxy gave for some of the hosts. */
  function past(hosts: readonly HostSpec[], beside: readonly Beside[], mistakes: ProxySourceFacts['mistakes'] = []) {
    const observations = run(hosts, { environment: { ...healthyMachine, proxySources: [{ ...source, mistakes }] } });
    const others = run(beside.map(({ host }) => ({ host }))).probes.map((one, index): Observation => {
      const code = beside[index]?.failure ?? null;
      const attempts = one.attempts.map((attempt): Attempt => {
        if (code === null) return { ...attempt, proxy: contact };
        const tunnel = { status: 'failed', at: 0, ms: 5, failure: failure(code), partial: null } as const;
        return { ...attempt, proxy: contact, tunnel, tls: noStage('tunnel'), http: noStage('tunnel') };
      });
      return { ...one, route: configured, attempts };
    });
    return { ...observations, beside: others };
  }
  const dns: readonly HostSpec[] = [{ host: 'a.fabrikam.net', target: { route: bypassed }, dns: 'dns.not-found' }];
  const healthy: readonly HostSpec[] = [{ host: 'a.fabrikam.net', target: { route: bypassed } }];
  const unlisted = (hosts: readonly HostSpec[], kind: Partial<Target>): readonly HostSpec[] =>
    hosts.map((one) => ({ ...one, target: kind }));
  const works = { host: 'a.fabrikam.net', failure: null } as const;
  const fails = { host: 'a.fabrikam.net', failure: 'tunnel.refused' } as const;
  const asked: Route = { kind: 'direct', source: 'flag', why: '--proxy' };

  it.each<[string, readonly HostSpec[], readonly Beside[], readonly string[]]>([
    ['sends hosts past a proxy that reaches them', closed, [works], Array(2).fill('unreachable proxy.bypass-mistake')],
    ['sends a host past it whose name only it knows', dns, [works], ['unreachable proxy.bypass-mistake']],
    ['is no mistake where the proxy does not reach the host', closed.slice(0, 1), [fails], ['unreachable tcp.dropped']],
    ['is no mistake where nobody asked the proxy', closed.slice(0, 1), [], ['unreachable tcp.dropped']],
    ['is no mistake where the host is reached', healthy, [works], ['reachable']],
    [
      'is not what is wrong where the direct way was asked for',
      unlisted(closed, { route: asked }),
      [works],
      Array(2).fill('unreachable proxy.required'),
    ],
  ])('%s', (_name, hosts, beside, expected) => {
    expect(findings(past([...hosts, fine], beside)).map((one) => one.join(' '))).toEqual([...expected, 'reachable']);
  });

  it('is one cause for all hosts that it sends there, and shows the entry', () => {
    const { rootCauses } = diagnose(past([...closed, fine], [works]));
    expect(rootCauses.map(({ cause, targets, confidence }) => [cause, targets.length, confidence])).toEqual([
      ['proxy.bypass-mistake', 2, 'high'],
    ]);
    expect(rootCauses[0]?.evidence).toContainEqual({
      code: 'proxy.bypassed',
      args: { host: 'a.fabrikam.net', entry: '.fabrikam.net' },
    });
  });

  const row = (code: string, level: 'no-effect' | 'portability') =>
    ({ code, level, name: 'NO_PROXY', entry: 'x', dialects: level === 'portability' ? ['curl'] : [] }) as const;
  const differs = [{ dialect: 'curl', bypass: false }];

  it.each([
    ['an entry without effect', row('star-without-dot', 'no-effect'), bypassed, 1],
    [
      'an entry that some read otherwise, for this host',
      row('cidr-for-names', 'portability'),
      { ...bypassed, differs },
      1,
    ],
    ['an entry that some read otherwise, not for this host', row('cidr-for-names', 'portability'), bypassed, 0],
  ] as const)('with %s costs no verdict', (_name, mistake, way, checks) => {
    const observations = past([{ host: 'a.fabrikam.net', target: { route: way } }], [], [mistake]);
    expect(findings(observations)).toEqual([['reachable']]);
    expect(diagnose(observations).checks.filter(({ id }) => id === 'proxy-settings')).toHaveLength(checks);
    expect(diagnose(observations).status?.messageId).toBe(11410);
  });
});

describe('a proxy setting that is at fault', () => {
  const mistake = { level: 'no-effect', name: 'NO_PROXY', entry: 'a;.fabrikam.net', dialects: [] } as const;
  const environment = (code: string, name = 'NO_PROXY', list = 'a;.fabrikam.net') => ({
    environment: {
      ...healthyMachine,
      proxySources: [
        {
          source: 'environment',
          won: true,
          proxies: [],
          bypass: { name: 'NO_PROXY', list },
          pacUrl: null,
          autoDetect: false,
          mistakes: [{ ...mistake, code, name }],
          notes: [],
        },
      ],
    },
  });
  const refused = (code: string, list: string, way: Partial<Route>, address: string, works: boolean): Observations => {
    const hosts = [{ host: 'a.fabrikam.net', at: [{ address }] }, fine];
    const observations = through((host) => (host === 'a.fabrikam.net' ? { status: 403 } : null), hosts);
    const [direct] = run(hosts).probes;
    const beside =
      works && direct !== undefined
        ? [{ ...direct, route: { kind: 'direct', source: 'default', why: 'default' } as const }]
        : [];
    const targets = observations.plan.targets.map((target) => ({
      ...target,
      route: { ...target.route, ...way } as Route,
    }));
    return { ...observations, ...environment(code, 'NO_PROXY', list), plan: { ...observations.plan, targets }, beside };
  };

  it.each([
    [
      'an entry that was meant for the host',
      'wrong-separator',
      'a;.fabrikam.net',
      { intended: '.fabrikam.net' },
      '20.1.2.3',
      true,
      'high',
      'proxy.intended',
    ],
    [
      'the same where nobody tried',
      'wrong-separator',
      'a;.fabrikam.net',
      { intended: '.fabrikam.net' },
      '20.1.2.3',
      false,
      'medium',
      'proxy.intended',
    ],
    [
      'one that another reader takes so',
      'star-inside',
      'a',
      { differs: [{ dialect: 'go', bypass: true }] },
      '20.1.2.3',
      true,
      'high',
      'proxy.differs',
    ],
    ['a network', 'cidr-for-names', 'a,10.91.0.0/16', {}, '10.91.53.80', true, 'high', 'proxy.network-entry'],
    ['nothing for a host inside', 'empty-entry', 'a', {}, '10.91.53.80', true, 'high', 'proxy.unlisted'],
  ] as const)(
    'by %s explains the host that the proxy does not lead to',
    (_, code, list, way, address, works, confidence, first) => {
      const { rootCauses } = diagnose(refused(code, list, way, address, works));
      expect(
        rootCauses.map((root) => [root.cause, root.confidence, root.targets.length, root.evidence[0]?.code]),
      ).toEqual([['proxy.bypass-mistake', confidence, 1, first]]);
    },
  );

  it('is not it where the host is outside, or the direct path was not seen to work', () => {
    expect(diagnose(refused('empty-entry', 'a', {}, '20.1.2.3', true)).rootCauses.map(({ cause }) => cause)).toEqual([
      'proxy.denied',
    ]);
    expect(
      diagnose(refused('empty-entry', 'a', {}, '10.91.53.80', false)).rootCauses.map(({ cause }) => cause),
    ).toEqual(['proxy.denied']);
  });

  it.each([
    [200, 'proxy.bypass-mistake'],
    // What the host says by the direct path as well is its own.
    [502, 'http.unexpected-status'],
  ])('is a plain host that is a bad gateway through the proxy and gives %i directly: %s', (direct, cause) => {
    const target = { scheme: 'http' } as const;
    const inside: HostSpec = { host: 'a.fabrikam.net', target, at: [{ address: '10.91.53.80', http: direct }] };
    const observations = through((host) => (host === inside.host ? { status: 502 } : null), [inside, fine]);
    const [other] = run([inside]).probes;
    const beside =
      other === undefined ? [] : [{ ...other, route: { kind: 'direct', source: 'default', why: 'default' } as const }];
    expect(diagnose({ ...observations, beside }).rootCauses.map((root) => root.cause)).toEqual([cause]);
  });

  const way: Route = { kind: 'direct', source: 'environment', why: 'environment' };
  const dropped: HostSpec = {
    host: 'a.fabrikam.net',
    target: { route: way },
    at: [{ address: '20.1.2.3', tcp: 'tcp.timeout' }],
  };
  const unknown: HostSpec = { host: 'b.fabrikam.net', target: { route: way }, dns: 'dns.not-found' };
  const here: HostSpec = {
    host: 'localhost',
    target: { route: way },
    dns: { from: 'hosts-file' },
    at: [{ address: '127.0.0.1', tcp: 'tcp.refused' }],
  };
  const inside: HostSpec = { host: 'm.corp', target: { route: way }, at: [{ address: '10.1.2.3' }] };
  const plainFine: HostSpec = { host: 'c.contoso.com', target: { route: way, scheme: 'http' } };

  it.each([
    ['HTTPS_PROXY', 'proxy.bypass-mistake', [dropped]],
    ['http_proxy', 'tcp.dropped', [dropped]],
    ['HTTPS_PROXY', 'proxy.bypass-mistake', [unknown]],
    ['HTTPS_PROXY', 'proxy.bypass-mistake', [dropped, inside]],
    ['HTTPS_PROXY', 'proxy.bypass-mistake', [dropped, plainFine]],
    // The direct path is open: what fails on it has its own cause.
    ['HTTPS_PROXY', 'tcp.dropped', [dropped, fine]],
    ['HTTPS_PROXY', 'dns.not-found', [unknown, fine]],
    ['HTTPS_PROXY', 'tcp.refused', [here]],
  ])('in %s, which nobody can read, is %s for https', (name, cause, hosts) => {
    const { rootCauses } = diagnose(run(hosts, environment('proxy-unencoded', name)));
    expect(rootCauses.map((root) => root.cause)).toEqual([cause]);
  });

  it('is a PAC file that answers DIRECT, where the proxy that it names reaches the host', () => {
    const pac: Route = { kind: 'direct', source: 'pac', why: 'http://pac/', pac: 'DIRECT' };
    const hosts: readonly HostSpec[] = [
      { host: 'a.fabrikam.net', target: { route: pac }, at: [{ address: '20.1.2.3', tcp: 'tcp.timeout' }] },
      fine,
    ];
    const [other] = run([{ host: 'a.fabrikam.net' }]).probes;
    const beside = other === undefined ? [] : [{ ...other, route: configured }];
    const { rootCauses } = diagnose({ ...run(hosts), beside });
    expect(rootCauses).toMatchObject([
      {
        cause: 'proxy.bypass-mistake',
        confidence: 'high',
        evidence: [{ code: 'proxy.pac-answer' }, { code: 'proxy.other-works' }, {}],
      },
    ]);
  });
});

describe('clear text in a tunnel that was granted', () => {
  function inTunnel(text: string): readonly (readonly [CauseId, string, readonly CauseId[]])[] {
    const observations = through(
      () => null,
      [fine, { host: 'b.fabrikam.net', at: [{ address: '20.1.2.4', tls: 'tls.not-tls' }] }],
    );
    const firstBytes = Buffer.from(text, 'latin1').toString('base64');
    const shown = (attempt: Attempt): Attempt =>
      attempt.tls.status === 'failed' ? { ...attempt, tls: { ...attempt.tls, partial: { firstBytes } } } : attempt;
    const probes = observations.probes.map((one) => ({ ...one, attempts: one.attempts.map(shown) }));
    return diagnose({ ...observations, probes }).rootCauses.map((root) => [
      root.cause,
      root.confidence,
      root.alternatives,
    ]);
  }
  const head = (line: string, ...headers: readonly string[]): string =>
    `HTTP/1.1 ${[line, ...headers].join('\r\n')}\r\n\r\n`;
  const html = 'Content-Type: text/html';

  it.each<[string, CauseId]>([
    [head('403 Forbidden'), 'http.block-page'],
    [head('451 No'), 'http.block-page'],
    [head('302 Found', 'Location: https://block.example/stop?url=login.contoso.com'), 'http.block-page'],
    [`${head('200 OK', html)}<html>`, 'http.block-page'],
    ['<html><body>Access to this site is blocked</body></html>', 'http.block-page'],
    [head('302 Found', 'Location: https://gateway.example/auth?origurl=x'), 'proxy.auth-required'],
    // Lines that end in a line feed alone are lines.
    ['HTTP/1.1 302 Found\nLocation: https://gateway.example/auth?origurl=x\n\n', 'proxy.auth-required'],
    [head('407 No', 'Proxy-Authenticate: Basic'), 'proxy.auth-required'],
    [head('502 Bad Gateway'), 'proxy.upstream-unreachable'],
    [head('504 Gateway Timeout'), 'proxy.upstream-unreachable'],
  ])('%j is %s, and may be a plain web server', (text, cause) => {
    expect(inTunnel(text)).toEqual([[cause, 'medium', ['tls.not-tls']]]);
  });

  it.each([head('501 Not Implemented'), head('400 Bad Request'), head('404 Not Found'), 'SSH-2.0-x\r\n'])(
    '%j is what the service itself may say',
    (text) => {
      expect(inTunnel(text).map(([cause]) => cause)).toEqual(['tls.not-tls']);
    },
  );

  it("is certain with a product's mark", () => {
    expect(inTunnel(head('403 Forbidden', 'X-Squid-Error: ERR_ACCESS_DENIED 0'))).toEqual([
      ['http.block-page', 'high', []],
    ]);
  });
});

describe('a proxy that leads to others', () => {
  it('is asked once more for one of those that it forbids', () => {
    const again = (hosts: readonly HostSpec[]) =>
      propose(through((host) => (host.startsWith('fine') ? null : { status: 403 }), hosts)).filter(
        ({ kind }) => kind === 'again',
      );
    const forbidden = ['a', 'b', 'c', 'd', 'e', 'f'].map((name): HostSpec => ({ host: `${name}.fabrikam.net` }));
    expect(again([fine, ...forbidden])).toMatchObject([{ host: 'a.fabrikam.net' }]);
    expect(again(forbidden)).toEqual([]);
  });

  it('waits for what stands behind those for which it says nothing', () => {
    const observations = through((host) => (host === broken.host ? { status: 0 } : null), [fine, broken]);
    const silent = (attempt: Attempt): Attempt =>
      attempt.tunnel.status === 'failed'
        ? { ...attempt, tunnel: { ...attempt.tunnel, failure: failure('tunnel.timeout'), partial: null } }
        : attempt;
    const probes = observations.probes.map((one) => ({ ...one, attempts: one.attempts.map(silent) }));
    const [root] = diagnose({ ...observations, probes }).rootCauses;
    expect([root?.cause, root?.alternatives]).toEqual([
      'proxy.upstream-unreachable',
      ['proxy.timeout', 'proxy.upstream-dns'],
    ]);
    const [all] = diagnose({ ...observations, probes: probes.slice(1) }).rootCauses;
    expect([all?.cause, all?.alternatives.includes('proxy.not-a-proxy')]).toEqual(['proxy.timeout', true]);
  });
});

describe('a PAC file that readers take differently', () => {
  const call = {
    call: 'isInNet(…, "10.1.2", "255.255.255.0")',
    value: 'false',
    readers: ['libproxy'],
    otherwise: 'true',
  };

  it('is a check, and no finding', () => {
    const way: Route = { ...configured, source: 'pac', why: 'http://pac/', pac: 'DIRECT', readings: [call] };
    const { rootCauses, checks } = diagnose(run([{ host: 'a.fabrikam.net', target: { route: way } }]));
    expect(rootCauses).toEqual([]);
    expect(checks.find(({ id }) => id === 'pac-readers')).toEqual({
      id: 'pac-readers',
      verdict: 'warn',
      cause: null,
      detail: { code: 'proxy.readers-differ', args: { ...call, readers: 'libproxy', more: 0 } },
    });
  });

  it('is not spoken of where all agree', () => {
    expect(diagnose(run([{ host: 'a.fabrikam.net' }])).checks.map(({ id }) => id)).not.toContain('pac-readers');
  });
});
