import { describe, expect, it } from 'vitest';
import { deliver, nextTry } from '../../src/notify/deliver.ts';
import { type Sender, Undelivered } from '../../src/notify/sender.ts';
import type { Delivery } from '../../src/store/store.ts';
import { notice, outgoing } from './notices.ts';

const now = Date.parse('2026-11-30T08:01:00Z');
const minute = 60_000;
const never = new AbortController().signal;

/** An outbox in memory that keeps what it is told. */
function outboxOf(due: readonly Delivery[]) {
  const told: (readonly unknown[])[] = [];
  return {
    told,
    claimDeliveries: async (routes: readonly string[]) => due.filter(({ route }) => routes.includes(route)),
    delivered: async ({ notice: { id }, route }: Delivery) => {
      told.push(['delivered', route, id]);
    },
    notDelivered: async ({ notice: { id }, route }: Delivery, why: string, nextAt: number | null) => {
      told.push(['not', route, id, why, nextAt === null ? null : nextAt - now]);
    },
    nextDelivery: async () => 1,
  };
}

const sender = (name: string, send: Sender['send']): Sender => ({ name, send });
const of = (route: string, id: string, attempts = 0): Delivery => ({ notice: notice({ id }), route, attempts });
const settings = (senders: readonly Sender[], troubles: unknown[] = []) => ({
  senders,
  wall: () => now,
  outgoing: () => outgoing(),
  onTrouble: (...trouble: unknown[]) => {
    troubles.push(trouble);
  },
});

describe('delivery', () => {
  it('lets no way that fails hold up another, and asks it once a round', async () => {
    let asked = 0;
    const outbox = outboxOf([of('bad', 'a'), of('good', 'a'), of('bad', 'b')]);
    const bad = sender('bad', async () => {
      asked += 1;
      throw new Undelivered('status 500');
    });
    const troubles: unknown[] = [];
    await deliver(outbox, settings([bad, sender('good', async () => {})], troubles), never);
    expect(asked).toBe(1);
    expect(outbox.told.toSorted()).toEqual([
      ['delivered', 'good', 'a'],
      ['not', 'bad', 'a', 'status 500', minute],
      ['not', 'bad', 'b', 'status 500', minute],
    ]);
    expect(troubles).toEqual([['bad', 'status 500', false]]);
  });

  it('waits longer each time, as long as it is asked to, and a week at most', () => {
    expect([0, 1, 2, 3, 4, 50].map((attempts) => nextTry(attempts, now, now, null))).toEqual(
      [1, 2, 5, 15, 60, 60].map((minutes) => now + minutes * minute),
    );
    expect(nextTry(0, now, now, 10 * minute)).toBe(now + 10 * minute);
    expect(nextTry(50, now - 7 * 24 * 60 * minute, now, null)).toBeNull();
  });

  it('gives up what the other side wants no more, and goes on with the next', async () => {
    const outbox = outboxOf([of('ops', 'a'), of('ops', 'b')]);
    let first = true;
    const once = sender('ops', async () => {
      if (!first) return;
      first = false;
      throw new Undelivered('status 410', { isFinal: true });
    });
    await deliver(outbox, settings([once]), never);
    expect(outbox.told).toEqual([
      ['not', 'ops', 'a', 'status 410', null],
      ['delivered', 'ops', 'b'],
    ]);
  });

  it('says of what the runtime threw its code alone, never its words', async () => {
    const outbox = outboxOf([of('ops', 'a')]);
    const thrown = Object.assign(new Error('connect to https://hooks.example/T0/secret'), { code: 'ECONNREFUSED' });
    const refused = sender('ops', () => Promise.reject(thrown));
    await deliver(outbox, settings([refused]), never);
    expect(outbox.told).toEqual([['not', 'ops', 'a', 'ECONNREFUSED', minute]]);
  });
});
