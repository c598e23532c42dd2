import { describe, expect, it } from 'vitest';
import { ownerOf } from '../../src/model/owner.ts';

describe('who has to act', () => {
  const target = { host: 'app.example.com', route: 'direct', attempts: [] };
  const at = (...addresses: readonly string[]) => ({ attempts: addresses.map((address) => ({ address })) });

  it.each([
    ['127.0.0.1', { host: '127.0.0.1' }, 'machine'],
    ['::1', { host: '::1' }, 'machine'],
    ['localhost', { host: 'localhost' }, 'machine'],
    ['a name of loopback addresses', at('127.0.0.1', '::1'), 'machine'],
    ['a name of another address too', at('127.0.0.1', '192.0.2.1'), 'firewall'],
    ['a name that was not reached', {}, 'firewall'],
    ['a proxy on this machine', { ...at('127.0.0.1'), route: 'proxy:127.0.0.1:3128' }, 'firewall'],
  ])('on a refused port of %s', (_, more, owner) => {
    expect(ownerOf('tcp.refused', [{ ...target, ...more }])).toBe(owner);
  });

  it('on ports here and elsewhere is whoever keeps the way', () => {
    expect(ownerOf('tcp.refused', [target, { ...target, host: '127.0.0.1' }])).toBe('firewall');
  });

  it('on what no firewall does is who it is elsewhere', () => {
    expect(ownerOf('tls.inspection', [{ ...target, host: '127.0.0.1' }])).toBe('inspection');
  });
});
