import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Observations } from '../../src/model/observations.ts';
import { type ChainSpec, controls, type HostSpec, run } from './observations.ts';

const company = { root: 'Company Root', stores: ['machine'] } as const;
const unknown = { root: 'Company Root', stores: [] } as const;
const documented = { source: { document: 'Ports', date: null, url: null } } as const;
const literal = (host: string, port = 443, tls: ChainSpec = company): HostSpec => ({
  host,
  target: { port },
  dns: { from: 'literal', answers: [] },
  at: [{ address: host, tls: { ...tls, leaf: { dnsNames: [], ipAddresses: [host], ...tls.leaf } } }],
});
const named = (host: string, address: string, tls: ChainSpec = company): HostSpec => ({ host, at: [{ address, tls }] });
const intranet = named('intranet.contoso.com', '10.1.2.3');
const opened = (host: string, address: string): HostSpec => named(host, address);
const judged = (...specs: readonly HostSpec[]): Observations => run([...specs, ...controls]);
const rootsOf = (...specs: readonly HostSpec[]) =>
  diagnose(judged(...specs)).rootCauses.map(({ cause, confidence, targets }) => [cause, confidence, targets.length]);

const sound: readonly (readonly [what: string, specs: readonly HostSpec[]])[] = [
  ['a name that leads to a private address', [intranet]],
  ['a private address', [literal('10.0.0.5')]],
  ['a private address, under an authority of --ca-file', [literal('10.0.0.5', 443, { ...company, stores: ['extra'] })]],
  ['this machine', [literal('127.0.0.1', 8443, { ...company, stores: ['extra'] })]],
  ['this machine by name', [named('localhost', '127.0.0.1')]],
  ['a unique local address', [literal('fd00::5')]],
  ['a link-local address', [literal('169.254.7.7')]],
  ['a name of one label', [named('intranet', '20.1.2.3')]],
  ['a name that is nowhere registered', [named('wiki.corp', '20.1.2.3')]],
  ['a name of the inside that a document asks for', [{ ...named('wsus.corp', '10.1.2.3'), target: documented }]],
  ['a name that somebody gave for a parameter', [{ ...intranet, target: { ...documented, givenHost: true } }]],
  ['a name of the hosts file', [{ ...intranet, dns: { from: 'hosts-file', hostsFile: ['10.1.2.3'], answers: [] } }]],
  ['names of two companies behind one gateway', [intranet, named('intranet.adatum.org', '10.1.2.3')]],
  ['several, each for itself', [intranet, named('wiki.adatum.org', '10.1.2.4'), literal('10.0.0.5')]],
  ['one that redirects to another', [{ ...intranet, hops: [named('sso.contoso.com', '10.1.2.9')] }]],
  [
    'the certificate of a product itself, which is trusted',
    [literal('192.168.1.1', 443, { ...company, selfSigned: true, leaf: { issuer: 'CN=UniFi' }, hit: {} })],
  ],
  [
    'one that forbids in words of a filter',
    [
      {
        host: 'intranet.contoso.com',
        at: [
          {
            address: '10.1.2.3',
            tls: company,
            http: {
              status: 403,
              headers: [['content-type', 'text/html']],
              bodyExcerpt: '<html>FortiGuard Web Filtering',
            },
          },
        ],
      },
    ],
  ],
];

const alias = (target: string) => ({ cnames: [{ owner: 'intranet.contoso.com', target, ttl: 60 }] });
const inspected: readonly (readonly [what: string, specs: readonly HostSpec[]])[] = [
  ['a public host', [opened('www.tailspin.com', '20.1.2.3')]],
  ['a public address', [literal('20.1.2.3')]],
  ['a public name that is sent inside', [{ ...intranet, target: documented }]],
  ['a private endpoint', [{ ...intranet, answer: alias('gw.privatelink.contoso.com') }]],
  [
    'a name that the name servers know outside',
    [
      {
        ...intranet,
        dns: { from: 'hosts-file', hostsFile: ['10.1.2.3'] },
        answer: { addresses: [{ address: '20.1.2.3', ttl: 60 }] },
      },
    ],
  ],
  ['an address that an overlay network makes up', [named('intranet.contoso.com', '100.64.1.2')]],
  ['a public name on this machine', [named('www.tailspin.com', '127.0.0.1')]],
  [
    'an authority that is known for it',
    [literal('10.0.0.5', 443, { ...company, root: 'avast! Web/Mail Shield Root' })],
  ],
  [
    'a client that takes no certificate but its own',
    [{ ...literal('10.0.0.5'), target: { tls: { anchors: [], pinned: true, inspection: 'unstated' } } }],
  ],
];

describe('a server of the inside', () => {
  it.each(sound)('is sound under an authority of its own: %s', (_, specs) => {
    const { rootCauses, targets } = diagnose(judged(...specs));
    expect(rootCauses).toEqual([]);
    expect(targets.map(({ verdict, findings }) => [verdict, findings.length])).toEqual(
      targets.map(() => ['reachable', 0]),
    );
  });

  it.each(inspected)('is none: %s', (_, specs) => {
    expect(diagnose(judged(...specs)).rootCauses.map(({ cause }) => cause)).toEqual(['tls.inspection']);
  });

  it('is none among unrelated names at one address, or where a public one is sent as well', () => {
    const [a, b, c] = ['intranet.contoso.com', 'www.tailspin.com', 'www.wingtip.io'].map((host) =>
      named(host, '10.1.2.3'),
    ) as [HostSpec, HostSpec, HostSpec];
    expect(rootsOf(a, b, c)).toEqual([['tls.inspection', 'high', 3]]);
    expect(rootsOf(a, { ...b, target: documented })).toEqual([['tls.inspection', 'high', 2]]);
  });

  it('stays sound where its authority opens the way to others, and is no evidence of that', () => {
    const one = opened('www.tailspin.com', '20.1.2.3');
    expect(rootsOf(intranet, literal('10.0.0.5'), one)).toEqual([['tls.inspection', 'medium', 1]]);
    const two = opened('www.wingtip.io', '20.1.2.4');
    const { rootCauses, targets } = diagnose(judged(intranet, one, two));
    expect(rootCauses).toMatchObject([
      { cause: 'tls.inspection', confidence: 'high', targets: ['lab/www.tailspin.com', 'lab/www.wingtip.io'] },
    ]);
    expect(targets[0]).toMatchObject({ verdict: 'reachable', findings: [] });
  });

  it('has its own faults, of which it is the owner', () => {
    const late = { ...company, leaf: { notAfter: '2026-06-01T00:00:00Z' } };
    expect(rootsOf(named('intranet.contoso.com', '10.1.2.3', late))).toEqual([['tls.expired', 'high', 1]]);
    const other = { ...company, leaf: { dnsNames: ['wiki.contoso.com'], ipAddresses: [] } };
    const { rootCauses } = diagnose(judged(literal('10.0.0.5', 443, other)));
    expect(rootCauses).toMatchObject([{ cause: 'tls.name-mismatch' }]);
    expect(rootCauses[0]?.alternatives).not.toContain('tls.inspection');
  });

  it('lacks an authority here, however many have the same that nobody knows', () => {
    expect(rootsOf(literal('10.0.0.5', 443, unknown), literal('10.0.0.6', 443, unknown))).toEqual([
      ['tls.untrusted-issuer', 'medium', 2],
    ]);
  });

  it('makes no place for public names of the range that it is in', () => {
    const astray = { ...named('www.tailspin.com', '10.1.2.4', { leaf: { dnsNames: ['files.contoso.com'] } }) };
    const { rootCauses } = diagnose(judged(intranet, { ...astray, target: documented }));
    expect(rootCauses.map(({ cause }) => cause)).toEqual(['dns.private-address']);
  });
});
