import { afterEach, describe, expect, it } from 'vitest';
import type { Origin } from '../../../src/demo/listen.ts';
import { silent, speaking } from '../../../src/demo/origins-tcp.ts';
import { socks4Request, socks5Request } from '../../../src/probe/tunnel/socks.ts';
import { closing } from '../../servers/broken-tcp.ts';
import { socksReplying } from '../../servers/proxies.ts';
import { failed, outcome } from '../attempt-kit.ts';
import { accessWith, account, through, tunnelOf } from './proxy-kit.ts';

const open: Origin[] = [];
async function started(starting: Promise<Origin>): Promise<Origin> {
  const one = await starting;
  open.push(one);
  return one;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

const tcp = { host: 'a.example', port: 443 } as const;
const granted5 = [5, 0, 0, 1, 127, 0, 0, 1, 0, 80];
const granted4 = [0, 90, 0, 0, 0, 0, 0, 0];
const hex = (bytes: Buffer | null): string | null => bytes?.toString('hex') ?? null;

describe('SOCKS messages', () => {
  it.each([
    ['4, an address', socks4Request({ host: '192.0.2.1', port: 443 }, ''), '040101bbc000020100'],
    ['4A, a name', socks4Request({ host: 'a.io', port: 80 }, 'me'), `0401005000000001${'6d6500'}${'612e696f00'}`],
    ['4, an IPv6 address', socks4Request({ host: '2001:db8::1', port: 80 }, ''), null],
    ['5, a name', socks5Request({ host: 'a.io', port: 443 }), `0501000304${'612e696f'}01bb`],
    ['5, an address', socks5Request({ host: '192.0.2.1', port: 443 }), '05010001c000020101bb'],
    [
      '5, an IPv6 address',
      socks5Request({ host: '2001:db8::1', port: 443 }),
      `05010004${'20010db8000000000000000000000001'}01bb`,
    ],
    ['5, the unspecified IPv6 address', socks5Request({ host: '::', port: 1 }), `05010004${'0'.repeat(32)}0001`],
  ])('are as the protocol says: version %s', (_name, bytes, expected) => {
    expect(hex(bytes)).toBe(expected);
  });
});

describe('a SOCKS proxy', () => {
  const own = account();
  const none = accessWith(null);
  const known = accessWith(own);
  const rows: readonly (readonly [
    string,
    'socks4a' | 'socks5h',
    typeof none,
    readonly (readonly number[])[],
    string,
    object,
  ])[] = [
    ['grants, version 5', 'socks5h', none, [[5, 0], granted5], 'passed', { reply: 0, via: 'socks', auth: null }],
    [
      'grants with an IPv6 bound address',
      'socks5h',
      none,
      [
        [5, 0],
        [5, 0, 0, 4, ...Array(16).fill(0), 0, 1],
      ],
      'passed',
      { reply: 0 },
    ],
    [
      'grants with a bound name',
      'socks5h',
      none,
      [
        [5, 0],
        [5, 0, 0, 3, 1, 97, 0, 1],
      ],
      'passed',
      { reply: 0 },
    ],
    ['grants, version 4A', 'socks4a', none, [granted4], 'passed', { reply: 90 }],
    [
      'grants after a login',
      'socks5h',
      known,
      [[5, 2], [1, 0], granted5],
      'passed',
      { auth: { scheme: 'password', failed: null } },
    ],
    ['needs no login although we have one', 'socks5h', known, [[5, 0], granted5], 'passed', { auth: null }],
    ...[1, 2, 3, 4, 5, 6, 7, 8].map(
      (code) =>
        [
          `replies ${code}`,
          'socks5h',
          none,
          [
            [5, 0],
            [5, code, 0, 1, 0, 0, 0, 0, 0, 0],
          ],
          'tunnel.socks',
          { reply: code },
        ] as const,
    ),
    ...[91, 92, 93].map(
      (code) =>
        [`replies ${code}`, 'socks4a', none, [[0, code, 0, 0, 0, 0, 0, 0]], 'tunnel.socks', { reply: code }] as const,
    ),
    [
      'wants a login that nobody has',
      'socks5h',
      none,
      [[5, 255]],
      'tunnel.auth',
      { auth: { failed: { reason: 'no-credentials' } } },
    ],
    [
      'wants something else than a password',
      'socks5h',
      known,
      [[5, 255]],
      'tunnel.auth',
      { auth: { failed: { reason: 'unsupported' } } },
    ],
    [
      'rejects the login',
      'socks5h',
      known,
      [
        [5, 2],
        [1, 1],
      ],
      'tunnel.auth',
      { auth: { failed: { reason: 'rejected' } } },
    ],
    [
      'rejects the login by closing',
      'socks5h',
      known,
      [[5, 2]],
      'tunnel.auth',
      { auth: { failed: { reason: 'rejected' } } },
    ],
    ['is of another version', 'socks5h', none, [[4, 0]], 'tunnel.not-http', {}],
    ['stops in the middle', 'socks5h', none, [[5, 0], [5]], 'tunnel.timeout', {}],
  ];
  it.each(rows)('%s', async (_name, protocol, access, answers, end, value) => {
    const proxy = await started(socksReplying({}, answers));
    const result = await through(proxy, { protocol, access, tcp, timeoutMs: 500 });
    expect(outcome(result, 'tunnel')).toBe(end);
    expect(tunnelOf(result)).toMatchObject(value);
    expect(proxy.counts.connections).toBe(1);
  });

  it('can\u2019t be given an IPv6 address in version 4', async () => {
    const proxy = await started(socksReplying({}, [granted4]));
    const result = await through(proxy, { protocol: 'socks4a', tcp: { host: '[2001:db8::1]', port: 1 } });
    expect(failed(result, 'tunnel').failure).toMatchObject({ code: 'tunnel.socks', detail: 'address-type' });
  });

  it.each([
    ['silent', () => silent(), 'tunnel.timeout'],
    ['closing', () => closing({ at: 'hello' }), 'tunnel.closed'],
    ['an HTTP proxy', () => speaking({ at: 'hello', text: 'HTTP/1.1 400 Bad Request\r\n\r\n' }), 'tunnel.not-http'],
  ])('that is %s ends so', async (_name, start, end) => {
    const proxy = await started(start());
    expect(outcome(await through(proxy, { protocol: 'socks5h', tcp, timeoutMs: 400 }), 'tunnel')).toBe(end);
  });

  it('takes no user name or password over 255 bytes', async () => {
    const proxy = await started(socksReplying({}, [[5, 2], [1, 0], granted5]));
    const result = await through(proxy, { protocol: 'socks5h', access: accessWith(account('u'.repeat(256))), tcp });
    expect(tunnelOf(result).auth?.failed?.reason).toBe('account-unusable');
  });
});
