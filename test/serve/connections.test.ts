import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { describe, expect, it } from 'vitest';
import { shareOut } from '../../src/serve/connections.ts';

interface Visitor extends EventEmitter {
  readonly remoteAddress: string;
  readonly remotePort: number;
  isHeard: boolean;
}

function door(all: number, ofOne: number) {
  const server = new EventEmitter();
  shareOut(server as Server, { all, ofOne });
  let port = 1024;
  return {
    comes(remoteAddress: string): Visitor {
      port += 1;
      const visitor = Object.assign(new EventEmitter(), {
        ...{ remoteAddress, remotePort: port, isHeard: true },
        destroy() {
          visitor.isHeard = false;
          // As sockets do: not at once.
          queueMicrotask(() => visitor.emit('close'));
        },
      });
      server.emit('connection', visitor);
      return visitor;
    },
    /** Over the connection, or over the TLS in it. */
    asks({ remoteAddress, remotePort }: Visitor, complete = true) {
      const response = new EventEmitter();
      server.emit('request', { complete, socket: { remoteAddress, remotePort } }, response);
      return { answered: () => response.emit('close') };
    },
  };
}

describe('connections', () => {
  it('that are too many of one address cost its own oldest one, of a network of IPv6 as of an IPv4 address', async () => {
    for (const [first, others, elsewhere] of [
      ['2001:db8::1', ['2001:db8::2', '2001:db8::ffff'], '2001:db8:0:1::1'],
      ['192.0.2.1', ['::ffff:192.0.2.1', '192.0.2.1'], '192.0.2.2'],
    ] as const) {
      const { comes } = door(100, 2);
      const apart = comes(elsewhere);
      const all = [comes(first), ...others.map(comes)];
      expect([apart, ...all].map(({ isHeard }) => isHeard)).toEqual([true, false, true, true]);
      await Promise.resolve();
      expect([comes(first), ...all].map(({ isHeard }) => isHeard)).toEqual([true, false, false, true]);
    }
  });

  it('that are too many in all cost the oldest one of anybody', () => {
    const { comes } = door(3, 2);
    const all = ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4'].map(comes);
    expect(all.map(({ isHeard }) => isHeard)).toEqual([false, true, true, true]);
  });

  it('whose question came whole stay until they are answered', () => {
    const { comes, asks } = door(100, 2);
    const [whole, half] = [comes('192.0.2.1'), comes('192.0.2.1')];
    const first = asks(whole);
    asks(half, false);
    expect(comes('192.0.2.1').isHeard).toBe(true);
    expect([whole, half].map(({ isHeard }) => isHeard)).toEqual([true, false]);
    first.answered();
    expect(comes('192.0.2.1').isHeard).toBe(true);
    expect(whole.isHeard).toBe(false);
  });

  it('are not taken where all are being answered, and are again when one ends', async () => {
    const { comes, asks } = door(100, 2);
    const all = [comes('192.0.2.1'), comes('192.0.2.1')];
    for (const one of all) asks(one);
    expect(comes('192.0.2.1').isHeard).toBe(false);
    await Promise.resolve();
    expect(comes('192.0.2.2').isHeard).toBe(true);
    all[0]?.emit('close');
    expect(comes('192.0.2.1').isHeard).toBe(true);
    expect(all.map(({ isHeard }) => isHeard)).toEqual([true, true]);
  });
});
