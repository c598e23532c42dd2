import { describe, expect, it } from 'vitest';
import { ownerOf } from '../../src/report/owner.ts';
import { halfReachable } from './fixtures.ts';

describe('who has to act', () => {
  const [first] = halfReachable().targets;
  const made = (more: object) => ({
    targets: first === undefined ? [] : [{ ...first, attempts: [], route: 'direct', host: 'app.example.com', ...more }],
  });
  const root = { cause: 'tcp.refused', targets: [first?.id ?? ''] } as const;
  const [attempt] = halfReachable().targets.flatMap(({ attempts }) => attempts);
  const at = (...addresses: readonly string[]) => ({ attempts: addresses.map((address) => ({ ...attempt, address })) });

  it.each([
    ['127.0.0.1', { host: '127.0.0.1' }, 'machine'],
    ['::1', { host: '::1' }, 'machine'],
    ['localhost', { host: 'localhost' }, 'machine'],
    ['a name of loopback addresses', at('127.0.0.1', '::1'), 'machine'],
    ['a name of another address too', at('127.0.0.1', '192.0.2.1'), 'firewall'],
    ['a name that was not reached', {}, 'firewall'],
    ['a proxy on this machine', { ...at('127.0.0.1'), route: 'proxy:127.0.0.1:3128' }, 'firewall'],
  ])('on a refused port of %s', (_, more, owner) => {
    expect(ownerOf(made(more), root)).toBe(owner);
  });

  it('on what no firewall does is who it is elsewhere', () => {
    expect(ownerOf(made({ host: '127.0.0.1' }), { ...root, cause: 'tls.inspection' })).toBe('inspection');
  });
});
