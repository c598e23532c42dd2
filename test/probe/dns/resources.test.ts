import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { createResolver } from '../../../src/probe/dns/resolve.ts';

const state = vi.hoisted(() => ({ code: '' }));

// The kernel refuses the socket. Node reports that as an event after `connect`, as seen with `ulimit -n`.
vi.mock('node:dgram', () => ({
  createSocket: () => {
    const socket = new EventEmitter();
    const error = Object.assign(new Error(`bind ${state.code} 0.0.0.0`), { code: state.code });
    return Object.assign(socket, {
      connect: (port: number, address: string) =>
        process.nextTick(() => socket.emit('error', Object.assign(error, { address, port }))),
      close: () => {},
      send: () => {},
    });
  },
}));

describe('a resolver that gets no socket', () => {
  it.each([
    ['EMFILE', 'local.resources'],
    ['ENFILE', 'local.resources'],
    ['ENOBUFS', 'local.resources'],
    ['EAGAIN', 'local.resources'],
    ['ENETUNREACH', 'dns.unreachable'],
    ['EHOSTUNREACH', 'dns.unreachable'],
    ['EPERM', 'dns.unreachable'],
    ['EADDRNOTAVAIL', 'local.resources'],
    ['EADDRINUSE', 'local.resources'],
    // To an IPv6 resolver it means that there is no IPv6 here.
    ['EADDRNOTAVAIL', 'dns.unreachable', '2001:db8::53'],
  ])('says %s as %s', async (code, failure, server = '192.0.2.53') => {
    state.code = code;
    const signal = new AbortController().signal;
    const resolver = createResolver({
      servers: [server],
      families: [4, 6],
      timeoutMs: 10_000,
      hosts: new Map(),
      system: null,
      clock: systemClock,
      startedAt: 0,
      signal,
    });
    const result = await resolver.resolve('www.example.test', signal);
    expect(result).toMatchObject({ status: 'failed', failure: { code: failure, raw: { code } } });
    resolver.close();
  });
});
