import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { propose } from '../../src/diagnose/propose/propose.ts';
import { edgeDenial } from '../../src/diagnose/survey/edge-denials.ts';
import type { Experiment } from '../../src/model/experiments.ts';
import type { HttpValue, Observations, TunnelValue } from '../../src/model/observations.ts';
import type { Route } from '../../src/model/plan.ts';
import { failure, type HostSpec, leafOf, revocation, run } from './observations.ts';
import { host, html, one } from './sole-cause.ts';

const answer = (status: number, bodyExcerpt: string, headers: readonly (readonly [string, string])[]): HttpValue => ({
  ...{ status, reason: '', headers, headersMs: 1, clockOffsetMs: null, bodyExcerpt },
  ...{ bodyBytes: bodyExcerpt.length, bodyEnd: 'complete' },
});
const akamai = 'Access Denied Reference&#32;&#35;18&#46;2d351ab8&#46;1720000000';

describe('the edge of a content network that refuses', () => {
  it.each([
    ['Akamai', '18.2d351ab8.1720000000', akamai, [['server', 'AkamaiGHost']]],
    [
      'Cloudflare',
      '8f0-AMS',
      'error code: 1020',
      [
        ['server', 'cloudflare'],
        ['cf-ray', '8f0-AMS'],
      ],
    ],
    ['Azure Front Door', '0xyz', 'The request is blocked.', [['x-azure-ref', '0xyz']]],
    [
      'CloudFront',
      'id==',
      'Request blocked.',
      [
        ['server', 'CloudFront'],
        ['x-amz-cf-id', 'id=='],
      ],
    ],
  ] as const)('of %s is known by its own page, with its reference', (network, reference, page, headers) => {
    expect(edgeDenial(answer(403, page, headers))).toEqual({ network, reference });
    expect(edgeDenial(answer(404, page, headers))).toBeNull();
  });

  it('is not seen in the marks that a network puts on every answer', () => {
    expect(edgeDenial(answer(403, 'no such tenant', [['x-azure-ref', '0xyz']]))).toBeNull();
    expect(
      edgeDenial(
        answer(403, '', [
          ['server', 'cloudflare'],
          ['cf-ray', '1'],
        ]),
      ),
    ).toBeNull();
  });

  const denied = (tls: object, target: HostSpec['target'] = {}): Observations => {
    const http = { ...html(403, akamai, [['server', 'AkamaiGHost']]), bodyBytes: 60 };
    return one({ host, target, at: [{ address: '20.1.2.3', tls, http }] });
  };

  it('is a check under the genuine certificate alone, and costs no verdict', () => {
    const { checks, rootCauses } = diagnose(denied({}));
    expect(rootCauses).toEqual([]);
    const check = checks.find(({ id }) => id === 'cdn-edge-denial');
    expect(check).toMatchObject({ verdict: 'warn', cause: null });
    expect(check?.detail.args).toMatchObject({ network: 'Akamai', hosts: 1, references: '18.2d351ab8.1720000000' });
    const opened = diagnose(denied({ root: 'Company Root', stores: ['machine'] }));
    const documented = diagnose(denied({}, { expect: { status: [403], header: null } }));
    for (const { checks: others } of [opened, documented])
      expect(others.some(({ id }) => id === 'cdn-edge-denial')).toBe(false);
  });
});

describe('who answered', () => {
  const declared = { expect: { status: [200], header: null } } as const;
  const opened = { root: 'Company Root', stores: ['machine'] } as const;
  const causesOf = (observations: Observations): readonly string[] =>
    diagnose(observations).rootCauses.map(({ cause }) => cause);

  it('is whoever opens TLS, where a refusal is not what the service is documented to say', () => {
    const said = (status: number, tls: object): Observations =>
      one({ host, target: declared, at: [{ address: '20.1.2.3', tls, http: status }] });
    expect(causesOf(said(403, opened))).toEqual(['http.block-page']);
    expect(causesOf(said(404, opened))).toEqual(['tls.inspection']);
    expect(causesOf(said(403, {}))).toEqual([]);
  });

  it('is whoever opens TLS, where the header is missing that the service always sends', () => {
    const target = { expect: { status: null, header: { name: 'x-service', pattern: '.' } } } as const;
    const said = (headers: HttpValue['headers']): Observations =>
      one({ host, target, at: [{ address: '20.1.2.3', tls: opened, http: { status: 200, headers } }] });
    expect(causesOf(said([]))).toEqual(['http.block-page']);
    expect(causesOf(said([['x-service', '1']]))).toEqual(['tls.inspection']);
  });

  it('is nobody who has revocation data, where the address is refused', () => {
    const observations = one({ host, at: [{ address: '20.1.2.3' }] });
    const fetched = (http: number): Observations => ({
      ...observations,
      revocation: [revocation('http://crl.public.example.net/ca.crl', [leafOf(observations, host)], { http })],
    });
    expect(causesOf(fetched(403))).toEqual(['tls.revocation-unreachable']);
    expect(causesOf(fetched(503))).toEqual([]);
  });
});

describe('an answer through a proxy', () => {
  const proxy = 'http://proxy.corp.example:3128';
  const way = { kind: 'proxy', protocol: 'http', host: 'proxy.corp.example', port: 3128 } as const;
  const route: Route = { ...way, source: 'flag', why: '--proxy' };
  const contact = { proxy, dns: null, address: '10.0.0.9', failed: [] } as const;

  const tunnelValue = (value: HttpValue, via: NonNullable<TunnelValue['via']>): TunnelValue => ({
    ...{ proxy, via, status: value.status, reason: '', headers: value.headers, bodyExcerpt: value.bodyExcerpt },
    ...{ connections: 1, requests: 1, auth: null, tls: null },
  });
  const refusedTunnel = (value: HttpValue) => ({
    ...{ status: 'failed', at: 0, ms: 1, failure: failure('tunnel.refused') },
    partial: tunnelValue(value, 'connect'),
  });

  /** Plain hosts, to all of which the proxy answers so. */
  function plainThrough(value: HttpValue, hosts: readonly string[]): Observations {
    const observations = run(hosts.map((name) => ({ host: name, target: { scheme: 'http' } })));
    return {
      ...observations,
      plan: { ...observations.plan, targets: observations.plan.targets.map((target) => ({ ...target, route })) },
      probes: observations.probes.map((probe) => ({
        ...probe,
        route,
        attempts: probe.attempts.map((attempt) => ({
          ...attempt,
          ...{ address: null, family: null, proxy: contact },
          tunnel: { status: 'passed', at: 0, ms: 1, value: tunnelValue(value, 'absolute-form') },
          http: { status: 'passed', at: 0, ms: 1, value },
        })),
      })),
    };
  }

  /** The run with what it proposes, each of which the proxy answers so. */
  function followed(observations: Observations, value: HttpValue): Observations {
    const skipped = { status: 'skipped', because: 'tunnel' } as const;
    const tcp = { status: 'passed', at: 0, ms: 1, value: { localAddress: '10.0.0.5', localPort: 50_000 } } as const;
    const attempt = { address: null, family: null, proxy: contact, tcp, tunnel: refusedTunnel(value) };
    const perform = (experiment: Experiment) => ({
      ...experiment,
      observation: {
        ...{ target: experiment.target, hop: 0, host: experiment.host, port: 443, scheme: 'tcp', url: null },
        ...{ dns: { status: 'skipped', because: 'not-applicable' }, redirect: null, route },
        attempts: [{ ...attempt, tls: skipped, http: skipped }],
      },
    });
    return { ...observations, experiments: propose(observations).map(perform) } as unknown as Observations;
  }

  const causesOf = (observations: Observations): readonly string[] =>
    diagnose(observations).rootCauses.map(({ cause, confidence }) => `${cause} ${confidence}`);

  it('is the proxy’s own where it refuses a tunnel to the same host, and the origin’s where it tries one', () => {
    const refusal = plainThrough(answer(403, '', [['content-type', 'text/html']]), ['a.adatum.org']);
    expect(propose(refusal).map(({ kind }) => kind)).toEqual(['tunnel-instead']);
    expect(causesOf(followed(refusal, answer(403, '', [])))).toEqual(['proxy.denied high']);
    expect(causesOf(followed(refusal, answer(503, '', [])))).toEqual([]);
  });

  it('is the proxy’s own error where the tunnel fails as well, whatever it adds to its headers', () => {
    const failing = plainThrough(answer(504, '', [['via', '1.1 gateway']]), ['a.adatum.org']);
    expect(causesOf(failing)).toEqual(['proxy.timeout low']);
    expect(propose(failing).map(({ kind }) => kind)).toEqual(['tunnel-instead', 'made-up-host']);
    expect(causesOf(followed(failing, answer(504, 'other words', [])))).toEqual(['proxy.timeout medium']);
    // The proxy knows tunnels to nobody: that says nothing of what it hands on.
    expect(causesOf(followed(failing, answer(405, '', [])))).toEqual([]);
  });

  it('that says «no way» for everybody is for want of another proxy, unless an address gets another answer', () => {
    const noWay = answer(502, '', [['x-squid-error', 'ERR_READ_ERROR 0']]);
    const nowhere = plainThrough(noWay, ['a.adatum.org', 'b.tailspin.com']);
    expect(propose(nowhere).map(({ kind }) => kind)).toEqual(['bare-address']);
    expect(causesOf(nowhere)).toEqual(['proxy.upstream-unreachable medium']);
    const same = answer(500, '', [['x-squid-error', 'ERR_CANNOT_FORWARD 0']]);
    expect(causesOf(followed(nowhere, same))).toEqual(['proxy.upstream-unreachable high']);
    const tried = answer(503, '', [['x-squid-error', 'ERR_CONNECT_FAIL 110']]);
    expect(causesOf(followed(nowhere, tried))).toEqual(['proxy.upstream-dns high']);
  });
});

describe('a page that unrelated hosts give over plain HTTP', () => {
  const words = 'This site is blocked by your administrator.';
  const page = (name: string): string => `<html><title>Stop</title>${words} http://${name}/ at 10:15</html>`;
  const given = (name: string, address: string, body: string, headers: HttpValue['headers'] = []): HostSpec => ({
    ...{ host: name, target: { scheme: 'http' } },
    at: [{ address, http: { ...html(403, body, headers), bodyBytes: body.length } }],
  });
  const pages = (headers: HttpValue['headers'] = [], body = page): Observations =>
    run([
      given('a.adatum.org', '20.1.2.3', body('a.adatum.org'), headers),
      given('b.tailspin.com', '20.9.8.7', body('b.tailspin.com'), headers),
    ]);

  /** The run with what is proposed; made-up names get this page. */
  function followed(observations: Observations, body: (name: string) => string): Observations {
    const perform = (experiment: Experiment) => {
      const { does } = experiment;
      const name = does.action === 'connect' && does.url !== null ? new URL(does.url).hostname : 'nobody.example';
      const [probe] = run([given(name, '20.1.2.3', body(name))]).probes;
      return { ...experiment, observation: { ...probe, url: does.action === 'connect' ? does.url : null } };
    };
    const asked = propose(observations).filter(({ kind }) => kind === 'made-up-host');
    return { ...observations, experiments: asked.map(perform) } as unknown as Observations;
  }
  const causesOf = (observations: Observations): readonly string[] =>
    diagnose(observations).rootCauses.map(
      ({ cause, confidence, targets }) => `${cause} ${confidence} ${targets.length}`,
    );

  it('is somebody else’s where a name that nobody has gets it at their addresses as well', () => {
    const kinds = propose(pages()).map(({ kind }) => kind);
    expect(kinds).toEqual(['neutral-request', 'made-up-host', 'made-up-host']);
    expect(causesOf(followed(pages(), page))).toEqual(['http.block-page medium 2']);
  });

  it.each([
    ['addresses', '20.1.2.3', '20.9.8.7', '20.1.2.3', '20.9.8.7'],
    ['one word', 'printer-1', 'printer-2', '20.1.2.3', '20.9.8.7'],
    ['names of the inside', 'a.adatum.org', 'b.tailspin.com', '10.1.2.3', '10.9.8.7'],
  ])('is that of a maker of devices where they are %s', (_, first, second, one, another) => {
    const devices = run([given(first, one, page('x')), given(second, another, page('x'))]);
    expect(propose(devices).filter(({ kind }) => kind === 'made-up-host')).toEqual([]);
    expect(causesOf(devices)).toEqual([]);
  });

  it('is theirs where another name gets another page, and where server or content network explain it', () => {
    expect(causesOf(followed(pages(), () => '<html>Who is that?</html>'))).toEqual([]);
    expect(causesOf(pages([['server', 'cloudflare']]))).toEqual([]);
    const stock = () => '<html><title>403 Forbidden</title><h1>403 Forbidden</h1><hr>nginx/1.22</html>';
    expect(causesOf(pages([], stock))).toEqual([]);
    expect(propose(pages([], stock)).map(({ kind }) => kind)).toEqual(['neutral-request']);
  });
});
