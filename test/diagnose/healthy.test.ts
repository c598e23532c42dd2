import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Anchor } from '../../src/model/catalog.ts';
import type { Observations } from '../../src/model/observations.ts';
import {
  controls,
  type HostSpec,
  healthyMachine,
  leafOf,
  NOW,
  revocation,
  run,
  sha,
  withIpv6,
} from './observations.ts';

const host = 'gateway.adatum.org';
const address = '20.1.2.3';
const one = (spec: Partial<HostSpec>, environment = healthyMachine): Observations =>
  run([{ host, ...spec }, ...controls], { environment });
const status = (http: number): Observations => one({ at: [{ address, http }] });
const anchors = [sha('Update Root')];
const anchored = { tls: { anchors, pinned: true, inspection: 'unsupported' } } as const;
const html = (bodyExcerpt: string, status = 200) =>
  ({ status, bodyExcerpt, headers: [['content-type', 'text/html']] }) as const;
const plain = (http: NonNullable<HostSpec['at']>[number]['http'], name = host): Observations =>
  run([
    { host: name, target: { scheme: 'http' }, at: [{ address, ...(http === undefined ? {} : { http }) }] },
    ...controls,
  ]);

const fingerprintOnly: Anchor = { name: 'Update Root', sha256: sha('Update Root'), pem: null };
const byName = run(
  [{ host, target: anchored, at: [{ address, tls: { root: 'Update Root', stores: [] } }] }, ...controls],
  {
    plan: { anchors: [fingerprintOnly] },
  },
);
const withCrl = (extra: Parameters<typeof revocation>[2]): Observations => {
  const observations = one({});
  const leaf = leafOf(observations, host);
  return {
    ...observations,
    revocation: [
      revocation('http://crl.public.example.net/ca.crl', [leaf], { fails: 'tcp.timeout' }),
      revocation('http://ocsp.public.example.net/', [leaf], { kind: 'ocsp', ...extra }),
    ],
  };
};

const onceSilent = (): Observations => {
  const observations = one({});
  const leaf = leafOf(observations, host);
  return {
    ...observations,
    revocation: [
      revocation('http://crl.public.example.net/ca.crl', [leaf], { fails: 'tcp.timeout' }),
      revocation('http://crl.public.example.net/ca.crt', [leaf], { kind: 'issuer' }),
    ],
  };
};

const rows: readonly (readonly [what: string, observations: Observations])[] = [
  ['a plain healthy host', one({})],
  ['a revocation list that one fetch got no answer for, from a host that answered another', onceSilent()],
  ...[200, 204, 301, 400, 401, 403, 404, 405, 429, 500, 501, 503, 504].map(
    (code) => [`status ${code} of the origin`, status(code)] as const,
  ),
  [
    'a page of the origin that a filter could have written',
    one({ at: [{ address, http: html('<html>FortiGuard Web Filtering and Zscaler compared', 403) }] }),
  ],
  ['a private endpoint with the origin’s certificate', one({ at: [{ address: '10.1.2.3' }] })],
  ['a name on loopback with the origin’s certificate', one({ at: [{ address: '127.0.0.1' }] })],
  [
    'a name on loopback with an anchor of the catalog',
    one({ target: anchored, at: [{ address: '127.0.0.1', tls: { root: 'Update Root', stores: ['catalog'] } }] }),
  ],
  [
    'an update host with its own root, which no public bundle has',
    one({ target: anchored, at: [{ address, tls: { root: 'Update Root', stores: ['machine', 'catalog'] } }] }),
  ],
  [
    'an update host whose root only this machine holds',
    one({ target: anchored, at: [{ address, tls: { root: 'Update Root', stores: ['machine'] } }] }),
  ],
  ['an update host that does not send its root, of which only the fingerprint is published', byName],
  [
    'a root that the machine lacks while Windows fetches roots by itself',
    one({ at: [{ address, tls: { root: 'R', stores: ['public'] } }] }, { ...healthyMachine, rootAutoUpdate: 'on' }),
  ],
  [
    'a root that a machine without a readable store may or may not have',
    one(
      { at: [{ address, tls: { root: 'R', stores: ['public'] } }] },
      { ...healthyMachine, trustStores: [{ name: 'machine', count: null, from: '', error: 'ENOENT' }] },
    ),
  ],
  [
    'IPv6 addresses on a machine that has no IPv6',
    one({ at: [{ address }, { address: '2a01::1', tcp: 'tcp.no-route' }] }),
  ],
  [
    'IPv6 addresses on a machine with a unique local address alone',
    one(
      { at: [{ address }, { address: '2a01::1', tcp: 'tcp.timeout' }] },
      {
        ...healthyMachine,
        families: [
          { family: 4, addresses: ['203.0.113.5'], defaultRoute: true },
          { family: 6, addresses: ['fd00::5'], defaultRoute: null },
        ],
      },
    ),
  ],
  [
    'IPv6 addresses on a machine with a route and no address of its own',
    one(
      { at: [{ address }, { address: '2a01::1', tcp: 'tcp.no-route' }] },
      {
        ...healthyMachine,
        families: [
          { family: 4, addresses: ['203.0.113.5'], defaultRoute: true },
          { family: 6, addresses: [], defaultRoute: true },
        ],
      },
    ),
  ],
  ['IPv4 and IPv6 that both work', one({ at: [{ address }, { address: '2a01::1' }] }, withIpv6)],
  [
    'a server on this machine that listens on IPv4 alone',
    run(
      [
        {
          host: 'localhost',
          dns: { from: 'literal' },
          at: [{ address: '127.0.0.1' }, { address: '::1', tcp: 'tcp.refused' }],
        },
      ],
      { environment: withIpv6 },
    ),
  ],
  ['a hosts file entry that works', one({ dns: { from: 'hosts-file', answers: [] }, at: [{ address: '10.0.0.7' }] })],
  [
    'an address that was not tried for want of time beside one that works',
    one({ at: [{ address }, { address: '20.1.2.4', tcp: 'deadline' }] }),
  ],
  ['no page at all on plain HTTP', plain(404)],
  ['a web server’s own page on plain HTTP', plain(html('<html><title>404 Not Found</title><hr>nginx', 404))],
  [
    'a content network’s refusal on plain HTTP',
    plain(html('<html>Access Denied: has been blocked in accordance with errors.edgesuite.net', 403)),
  ],
  ['a filter vendor’s own site on plain HTTP', plain(html('<html>Kaspersky', 301), 'www.kaspersky.com')],
  [
    'a redirect to another name of the owner',
    plain({ status: 301, headers: [['location', 'https://www.adatum.org/']] }),
  ],
  [
    'a redirect to a planned host',
    plain({ status: 302, headers: [['location', 'https://login.contoso.com/webauth']] }),
  ],
  [
    'a caching proxy in front of the origin',
    plain({
      headers: [
        ['via', '1.1 varnish'],
        ['server', 'Apache'],
      ],
    }),
  ],
  [
    'an old answer from a cache, which keeps the origin’s date',
    run([
      {
        host,
        target: { scheme: 'http' },
        at: [{ address, http: { clockOffsetMs: -900_000, headers: [['age', '900']] } }],
      },
      ...controls,
    ]),
  ],
  ['one host whose clock is wrong', one({ at: [{ address, http: { clockOffsetMs: 3_600_000 } }] })],
  [
    'an expired cross-signature beside a valid path',
    (() => {
      const observations = one({});
      const [key, chain] = Object.entries(observations.chains)[0] ?? [];
      const [hit] = chain?.anchors ?? [];
      if (key === undefined || chain === undefined || hit === undefined) throw new Error('no chain');
      const old = {
        ...hit,
        sha256: sha('old'),
        notAfter: '2020-01-01T00:00:00.000Z',
        path: [...hit.path.slice(0, -1), sha('old')],
      };
      return { ...observations, chains: { ...observations.chains, [key]: { ...chain, anchors: [old, hit] } } };
    })(),
  ],
  ['revocation lists of which one address answers', withCrl({})],
  ['a responder that refuses this very question', withCrl({ http: 405, problem: 'unparseable' })],
  [
    'an issuer address out of reach',
    (() => {
      const observations = one({});
      return {
        ...observations,
        revocation: [
          revocation('http://aia.example.net/ca.crt', [leafOf(observations, host)], {
            kind: 'issuer',
            fails: 'tcp.timeout',
          }),
        ],
      };
    })(),
  ],
  ['a redirect whose target works', one({ at: [{ address, http: 302 }], hops: [{ host: 'cdn.tailspin.com' }] })],
  ['a redirect that was not followed to its end', one({ at: [{ address, http: 302 }], redirect: 'limit' })],
  ['a port without HTTP', one({ target: { scheme: 'tcp', port: 10_124 } })],
  ['an IPv6-only answer that works', one({ at: [{ address: '2a01::1' }] }, withIpv6)],
  [
    'different content networks that share an address',
    run(
      ['a.contoso.com', 'b.fabrikam.net', 'c.adatum.org', 'd.tailspin.com'].map((name) => ({
        host: name,
        at: [{ address }],
      })),
    ),
  ],
];

describe('a healthy path', () => {
  it.each(rows)('%s raises nothing', (_, observations) => {
    const { targets, rootCauses, status: raised, summary } = diagnose(observations);
    expect(targets.flatMap(({ findings }) => findings)).toEqual([]);
    expect(rootCauses).toEqual([]);
    expect(targets.map(({ verdict }) => verdict)).toEqual(targets.map(() => 'reachable'));
    expect(summary.reachable).toBe(targets.length);
    expect(raised).toMatchObject({ messageId: 11410, severity: 'informational', raised: [] });
  });

  it('does not take two misspelt names for it either, when the answers come from the public zones', () => {
    const gone = ['www.misspeltt.com', 'www.misspeltt.net'].map(
      (name): HostSpec => ({ host: name, dns: 'dns.not-found', answer: { soa: name.slice(-3) } }),
    );
    expect(diagnose(run(gone)).rootCauses.map(({ cause }) => cause)).toEqual(['dns.not-found']);
  });

  it(`has fixtures whose certificates are valid at ${NOW}`, () => {
    expect(rows.length).toBeGreaterThan(40);
  });
});
