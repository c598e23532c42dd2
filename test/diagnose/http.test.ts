import { describe, it } from 'vitest';
import { run } from './observations.ts';
import { expectSoleCause, fails, html, one, plain, type Row } from './sole-cause.ts';

const machineRoot = { root: 'Company Inspection Root', stores: ['machine'] } as const;
const unknownRoot = { root: 'Somebody Root', stores: [] } as const;

const rows: readonly Row[] = [
  [
    'a block page by its words',
    one(plain({ http: html(200, '<html><title>Web Filter Violation</title>Powered by Fortinet') })),
    'http.block-page',
    'unreachable',
  ],
  [
    'a block page by its server',
    one(plain({ http: html(403, '', [['server', 'Zscaler/6.2']]) })),
    'http.block-page',
    'unreachable',
  ],
  [
    'a block page under the filter’s own certificate',
    one(fails({ tls: unknownRoot, http: html(403, '<html>FortiGuard Web Filtering') })),
    'http.block-page',
    'unreachable',
  ],
  [
    'a block page under trusted inspection',
    one(fails({ tls: machineRoot, http: html(403, '<html>FortiGuard Web Filtering') })),
    'http.block-page',
    'unreachable',
  ],
  [
    'access denied by squid in the way',
    one(plain({ http: html(403, '', [['x-squid-error', 'ERR_ACCESS_DENIED 0']]) })),
    'http.block-page',
    'unreachable',
  ],
  [
    'squid in the way without names',
    one(plain({ http: html(503, '', [['x-squid-error', 'ERR_DNS_FAIL 0']]) })),
    'proxy.upstream-dns',
    'unreachable',
  ],
  [
    'a proxy in the way that says why',
    one(plain({ http: html(504, '', [['proxy-status', 'edge; error=connection_refused']]) })),
    'proxy.upstream-unreachable',
    'unreachable',
  ],
  [
    'a redirect to a private address',
    one(plain({ http: { status: 302, headers: [['location', 'http://10.0.0.1/login']] } })),
    'http.captive-portal',
    'unreachable',
  ],
  [
    'a portal page',
    one(plain({ http: html(200, '<html><!-- <WISPAccessGatewayParam> -->') })),
    'http.captive-portal',
    'unreachable',
  ],
  [
    'unrelated hosts sent to one place',
    run(
      [plain({ http: { status: 302, headers: [['location', 'https://signin.hotel.example/a']] } })].concat({
        host: 'www.tailspin.com',
        target: { scheme: 'http' },
        at: [{ address: '20.9.9.9', http: { status: 302, headers: [['location', 'https://signin.hotel.example/b']] } }],
      }),
    ),
    'http.captive-portal',
    'unreachable',
  ],
  ...(['200', '511'] as const).map((status): Row => {
    const http = html(Number(status), '<html><title>Guest Wi-Fi</title><form action=/login>');
    return [
      `one sign-in page with status ${status} for unrelated hosts`,
      run([
        plain({ http }),
        { host: 'www.tailspin.com', target: { scheme: 'http' }, at: [{ address: '20.9.9.9', http }] },
      ]),
      'http.captive-portal',
      'unreachable',
    ];
  }),
  ...[407, 408, 426, 451, 502, 511, 598, 599].map(
    (status): Row => [`status ${status}`, one(fails({ http: status })), 'http.unexpected-status', 'unreachable'],
  ),
  [
    'status 502 of the own front end',
    one(fails({ http: { status: 502, headers: [['x-azure-ref', '0abc']] } })),
    'http.service-error',
    'unreachable',
  ],
  ['silence after the request', one(fails({ http: 'http.timeout' })), 'http.timeout', 'unreachable'],
  ['a reset after the request', one(fails({ http: 'http.reset' })), 'http.reset', 'unreachable'],
  ['an end after the request', one(fails({ http: 'http.closed' })), 'http.reset', 'unreachable'],
  ['no HTTP', one(fails({ http: 'http.malformed' })), 'http.malformed', 'unreachable'],
  ['endless headers', one(fails({ http: 'http.overflow' })), 'http.malformed', 'unreachable'],
  [
    'a redirect to a blocked host',
    one({
      ...fails({ http: 302 }),
      hops: [{ host: 'cdn.tailspin.com', at: [{ address: '20.5.5.5', tcp: 'tcp.timeout' }] }],
    }),
    'http.redirect-blocked',
    'unreachable',
  ],
  [
    'a service header that is missing on plain HTTP',
    one(plain({ http: 200 }, { expect: { status: null, header: { name: 'X-Service', pattern: '.' } } })),
    'http.tampered',
    'degraded',
  ],
];

describe('a cause of one target, after TLS', () => {
  it.each(rows)('%s', (_, observations, cause, verdict) => {
    expectSoleCause(observations, cause, verdict);
  });
});
