import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Attempt, HttpValue, Observations } from '../../src/model/observations.ts';
import type { Route } from '../../src/model/plan.ts';
import { type AddressSpec, controls, healthyMachine, leafOf, revocation, run, withIpv6 } from './observations.ts';

const roots = (observations: Observations) =>
  diagnose(observations).rootCauses.map(({ cause, confidence, targets }) => [cause, confidence, targets.length]);
const one = (at: Partial<AddressSpec>): Observations =>
  run([{ host: 'gateway.adatum.org', at: [{ address: '20.1.2.3', ...at }] }, ...controls]);

describe('judging across targets', () => {
  it('says that a refusal comes from near when nothing else can answer so quickly', () => {
    const observations = one({ tcp: 'tcp.refused', tcpMs: 2 });
    const [rootCause] = diagnose(observations).rootCauses;
    expect(rootCause).toMatchObject({ cause: 'tcp.refused', confidence: 'high' });
    expect(rootCause?.evidence.map(({ code }) => code)).toContain('tcp.refused-near');
    expect(diagnose(one({ tcp: 'tcp.refused', tcpMs: 12 })).rootCauses).toMatchObject([{ confidence: 'medium' }]);
  });

  it('takes a family that leads nowhere for one cause', () => {
    const hosts = ['a.contoso.com', 'b.fabrikam.net', 'c.adatum.org'].map((name, n) => ({
      host: name,
      at: [{ address: `20.5.0.${n + 1}`, tcp: 'tcp.timeout' as const }, { address: `2a01::${n + 1}` }],
    }));
    expect(diagnose(run(hosts, { environment: { ...healthyMachine, families: [] } })).rootCauses).toMatchObject([
      { cause: 'tcp.partly-blocked', shared: { attribute: 'address family', value: 'IPv4' }, targets: { length: 3 } },
    ]);
  });

  it('takes hosts that one family does not lead to, where it leads to others, for one cause', () => {
    const hosts = ['a.contoso.com', 'b.fabrikam.net', 'c.adatum.org'].map((name, n) => ({
      host: name,
      at: [
        { address: `20.5.0.${n + 1}` },
        { address: `2a01::${n + 1}`, ...(n < 2 ? { tcp: 'tcp.timeout' as const } : {}) },
      ],
    }));
    expect(diagnose(run(hosts, { environment: withIpv6 })).rootCauses).toMatchObject([
      { cause: 'tcp.partly-blocked', shared: { attribute: 'address family', value: 'IPv6' }, targets: { length: 2 } },
    ]);
    // Of one host alone it may be the host's own address.
    expect(diagnose(run(hosts.slice(1), { environment: withIpv6 })).rootCauses).toMatchObject([
      { cause: 'tcp.partly-blocked', shared: { attribute: 'host', value: 'b.fabrikam.net' } },
    ]);
  });

  it('takes revocation addresses out of reach for a symptom of their port', () => {
    const plain = ['a.contoso.com', 'b.fabrikam.net', 'c.adatum.org'].map((name, n) => ({
      host: name,
      target: { scheme: 'http' as const },
      at: [{ address: `20.5.0.${n + 1}`, tcp: 'tcp.timeout' as const }],
    }));
    const observations = run([...plain, ...controls]);
    const fetched = revocation('http://crl.public.example.net/ca.crl', [leafOf(observations, 'login.contoso.com')], {
      fails: 'tcp.timeout',
    });
    const { rootCauses } = diagnose({ ...observations, revocation: [fetched] });
    expect(rootCauses.map(({ cause, targets }) => [cause, targets.length])).toEqual([['tcp.dropped', 4]]);
  });

  it('takes revocation addresses out of reach for a symptom of a proxy that no fetch got to', () => {
    const observations = run(controls);
    const fetched = revocation('http://crl.public.example.net/ca.crl', [leafOf(observations, 'login.contoso.com')], {
      fails: 'tcp.refused',
    });
    const [direct] = fetched.observation.attempts as [Attempt];
    const failed = [{ address: '10.1.1.1', failure: 'tcp.refused' as const }];
    const proxy = { proxy: 'http://proxy.corp.example:3129', dns: null, address: null, failed };
    const route: Route = {
      ...{ kind: 'proxy', protocol: 'http', host: 'proxy.corp.example', port: 3129 },
      ...{ source: 'environment', why: 'HTTP_PROXY' },
    };
    const attempts = [{ ...direct, address: null, family: null, proxy }];
    const revocations = [{ ...fetched, observation: { ...fetched.observation, route, attempts } }];
    const { rootCauses, targets } = diagnose({ ...observations, revocation: revocations });
    expect(rootCauses).toMatchObject([{ cause: 'proxy.unreachable', severity: 'warning', targets: { length: 1 } }]);
    expect(targets.filter(({ verdict }) => verdict === 'degraded')).toHaveLength(1);
  });

  it('takes certificates of their own that fail hosts in one way for one cause', () => {
    const hosts = ['a.adatum.org', 'b.adatum.org'];
    const bad = {
      'tls.expired': (n: number) => ({ leaf: { notAfter: `2026-06-0${n + 1}T00:00:00Z` } }),
      'tls.self-signed': () => ({ selfSigned: true, stores: [] }),
      'tls.name-mismatch': (n: number) => ({ leaf: { dnsNames: [`edge${n}.cdn.example`] } }),
    };
    for (const [cause, tls] of Object.entries(bad)) {
      const failing = hosts.map((host, n) => ({ host, at: [{ address: `20.5.0.${n + 1}`, tls: tls(n) }] }));
      expect(diagnose(run([...failing, ...controls])).rootCauses).toMatchObject([
        { cause, shared: { attribute: 'domain', value: 'adatum.org' }, targets: { length: 2 } },
      ]);
    }
  });

  it('is less sure of an address that another connection of the run got to', () => {
    const host = 'www.adatum.org';
    const half = { host, at: [{ address: '20.5.0.1' }, { address: '20.5.0.2', tcp: 'tcp.timeout' as const }] };
    const other = { host, target: { id: 'other' }, at: [{ address: '20.5.0.1' }, { address: '20.5.0.2' }] };
    expect(roots(run([half, ...controls]))).toEqual([['tcp.partly-blocked', 'high', 1]]);
    expect(roots(run([half, other, ...controls]))).toEqual([['tcp.partly-blocked', 'medium', 1]]);
  });

  const via = (value: string | null): Partial<HttpValue> => ({ headers: value === null ? [] : [['via', value]] });
  const answers = (values: readonly (string | null)[], secure: string | null): Observations =>
    run([
      ...values.map((value, n) => ({
        host: `www.adatum${n}.org`,
        target: { scheme: 'http' as const },
        at: [{ address: `20.5.0.${n + 1}`, http: via(value) }],
      })),
      { host: 'login.contoso.com', at: [{ address: '20.6.0.1', http: via(secure) }] },
    ]);

  it('takes a header that every plain answer bears, and none over TLS, for tampering', () => {
    expect(roots(answers(['1.1 cache', '1.1 cache', '1.1 cache'], null))).toEqual([['http.tampered', 'high', 3]]);
    expect(roots(answers(['1.1 cache', '1.1 cache', '1.1 cache'], '1.1 cache'))).toEqual([]);
    expect(roots(answers(['1.1 cache', '1.1 cache', null], null))).toEqual([]);
    expect(roots(answers(['1.1 cache', '1.1 cache'], null))).toEqual([]);
  });

  it('takes no word of a proxy that was asked to hand requests on for tampering', () => {
    const own = answers(['1.1 proxy', '1.1 proxy', '1.1 proxy'], null);
    const proxy = { proxy: 'http://proxy:3128', dns: null, address: '10.0.0.3', failed: [] };
    const probes = own.probes.map((probe) => ({
      ...probe,
      attempts: probe.attempts.map((attempt) => ({ ...attempt, proxy })),
    }));
    expect(roots({ ...own, probes })).toEqual([]);
  });

  const unknown = { tls: { root: 'Some Root', stores: [] } } as const;
  const signed = (...hosts: readonly string[]) =>
    run([...hosts.map((name, n) => ({ host: name, at: [{ address: `20.5.0.${n + 1}`, ...unknown }] })), ...controls]);

  it('is the surer of inspection the less the hosts have to do with each other', () => {
    expect(roots(signed('a.adatum.org', 'b.wingtip.io'))).toEqual([['tls.inspection', 'high', 2]]);
    expect(roots(signed('a.adatum.org', 'b.adatum.org'))).toEqual([['tls.inspection', 'medium', 2]]);
    expect(diagnose(signed('a.adatum.org')).rootCauses).toMatchObject([
      { cause: 'tls.untrusted-issuer', alternatives: ['tls.inspection', 'tls.missing-intermediate'] },
    ]);
  });

  it('names what the affected hosts share and the healthy ones do not', () => {
    const dropped = (...hosts: readonly (readonly [string, string])[]): Observations =>
      run([
        ...hosts.map(([name, at]) => ({ host: name, at: [{ address: at, tcp: 'tcp.timeout' as const }] })),
        ...controls,
      ]);
    const shared = (observations: Observations) => diagnose(observations).rootCauses.map((root) => root.shared);
    expect(shared(dropped(['a.adatum.org', '20.5.1.1'], ['b.wingtip.io', '20.5.2.2']))).toEqual([
      { attribute: 'prefix', value: '20.5.0.0/16' },
    ]);
    expect(shared(dropped(['a.adatum.org', '20.5.1.1'], ['b.adatum.org', '52.5.2.2']))).toEqual([
      { attribute: 'domain', value: 'adatum.org' },
    ]);
    expect(shared(dropped(['a.adatum.org', '20.5.1.1'], ['a.contoso.com', '52.5.2.2']))).toEqual([null]);
  });
});
