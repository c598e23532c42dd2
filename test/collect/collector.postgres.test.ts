import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mostWaiting } from '../../src/collect/let-in.ts';
import { createKey } from '../../src/signed/keys.ts';
import { wayclear } from '../cli/in-process.ts';
import { lacking } from '../real/parts.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../store/postgres.ts';
import { badReport, goodReport, message, named, openWorld, post } from './world.ts';

const skipped = lacking(postgresPrograms, true);

describe.skipIf(skipped !== null)('collectors on one PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server.close());

  it('keep exactly the limit together, whoever gets which message, and each message once', async () => {
    const address = server.database('limits');
    const settings = { limit: 100, perMs: 86_400_000 };
    const first = await openWorld(settings, (store) => store, address);
    const worlds = [first, ...(await Promise.all([1, 2, 3].map(() => openWorld(settings, (store) => store, address))))];
    const keys = Array.from({ length: 8 }, createKey);
    const batch = (key: (typeof keys)[number], from: number): string =>
      Array.from({ length: 5 }, (_, index) => message(badReport(), key, from + index)).join('');
    const answers = await Promise.all(
      keys.flatMap((key) => worlds.flatMap(({ url }) => [1, 6, 11, 16].map((from) => post(url, batch(key, from))))),
    );
    const results = answers.flatMap((answer) => answer.results ?? []);
    expect(results.filter((result) => result === 'stored')).toHaveLength(100);
    // Or busy, with a time to come again: never an acknowledgement of what is not there.
    for (const { status } of answers) expect([200, 429, 503]).toContain(status);
    expect((await first.store.window(first.time.wall - (first.time.wall % 86_400_000))).stored).toBe(100);
    for (const world of worlds) {
      expect(world.faults).toEqual([]);
      await world.close();
    }
  }, 120_000);

  it('let one machine in by a token, however many show it at once', async () => {
    const address = server.database('tokens');
    const first = await openWorld({ acceptNew: false }, (store) => store, address);
    const second = await openWorld({ acceptNew: false }, (store) => store, address);
    for (const id of ['000000000001', '000000000002', '000000000003', '000000000004']) {
      const token = { id, secret: 'x'.repeat(32) };
      await first.store.putToken({ ...token, until: first.time.wall + 1000, usedBy: null });
      const answers = await Promise.all(
        [first, second, first, second].map(({ url }) => post(url, message(goodReport(), createKey(), 1, { token }))),
      );
      const results = answers.flatMap((answer) => answer.results ?? []);
      expect(results.filter((result) => result === 'stored')).toHaveLength(1);
    }
    expect(await first.store.senders({ state: 'admitted', most: 100 })).toHaveLength(4);
    for (const world of [first, second]) {
      expect(world.faults).toEqual([]);
      await world.close();
    }
  }, 60_000);

  it('keep one bounded list of those that wait, however many come at once', async () => {
    const address = server.database('waiting');
    const first = await openWorld({ acceptNew: false }, (store) => store, address);
    const worlds = [first, await openWorld({ acceptNew: false }, (store) => store, address)];
    const { store, url } = first;
    await store.transaction(async (steps) => {
      const row = { state: 'waiting', name: 'x', lastAt: 0, lastSeq: 0, egress: '192.0.2.1', dropped: 0 } as const;
      for (let index = 0; index < mostWaiting; index++) {
        const key = `k${index}`;
        await steps.putSender({ ...row, key, fingerprint: key, firstAt: index, conflicts: 0, skewMs: 0 });
      }
    });
    const body = (): string => Array.from({ length: 5 }, () => message(goodReport(), createKey(), 1)).join('');
    const from = (nth: number) => ({ 'x-forwarded-for': `203.0.113.${nth}` });
    await Promise.all(Array.from({ length: 16 }, (_, nth) => post(worlds[nth % 2]?.url ?? '', body(), from(nth))));
    await post(url, body(), from(99));
    expect(await store.waitingSenders()).toHaveLength(mostWaiting);
    for (const world of worlds) {
      expect(world.faults).toEqual([]);
      await world.close();
    }
  }, 60_000);

  it('keep what comes while a machine is shut out', async () => {
    const address = server.database('revoked');
    const { store, url, faults, close } = await openWorld({}, (store) => store, address);
    const key = createKey();
    await post(url, message(goodReport(), key, 1));
    const ran = await store.transaction(async (steps) => {
      const sender = await steps.lockSender(key.key, key.fingerprint, 0);
      const revoking = wayclear(['collect', 'revoke', key.fingerprint, '--store', address]);
      // Long enough for the other one to have come to where it waits.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await steps.putSender({ ...sender, lastSeq: 7, conflicts: 3 });
      return { revoking };
    });
    expect((await ran.revoking).code).toBe(0);
    expect(await store.sender(key.key)).toMatchObject({ state: 'revoked', lastSeq: 7, conflicts: 3 });
    expect(faults).toEqual([]);
    await close();
  }, 60_000);

  it('take what no column holds for no message, and the rest of its post all the same', async () => {
    const world = await openWorld({}, (store) => store, server.database('strange'));
    const report = named(badReport(), 'bonn-1');
    const huge = { ...report, summary: { ...report.summary, reachable: 2 ** 40 } };
    const [one, other] = [createKey(), createKey()];
    const answer = await post(
      world.url,
      message(huge, one, 1, { detail: 'full' }) + message(named(goodReport(), 'aix-1'), other, 1, { detail: 'full' }),
    );
    expect(answer.results).toEqual(['invalid', 'stored']);
    expect((await world.collector.fleet()).senders.map(({ name }) => name)).toEqual(['aix-1']);
    expect(world.faults).toEqual([]);
    await world.close();
  }, 60_000);
});
