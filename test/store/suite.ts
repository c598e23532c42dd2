/** What every store has to do, whichever database is below it. */
import { expect, it } from 'vitest';
import { lookOf } from '../../src/fleet/look.ts';
import type { Incident, Notice } from '../../src/model/incident.ts';
import type { Report } from '../../src/model/report.ts';
import { lastLookOf } from '../../src/store/last-look.ts';
import { openStore } from '../../src/store/open.ts';
import { packed } from '../../src/store/packed.ts';
import type { Store } from '../../src/store/store.ts';
import { recorded } from '../report/recorded.ts';

export const at = (iso: string): number => Date.parse(iso);
/** A recorded run, at another time. */
export const runAt = (startedAt: string, report: Report = recorded['proxy-407']()): Report => ({
  ...report,
  startedAt,
});

export const incident = (more: Partial<Incident> = {}): Incident => ({
  ...{ id: 'i-1', cause: 'tcp.dropped', shared: { attribute: 'host', value: 'a.example' }, state: 'open' },
  ...{ unstable: false, severity: 'critical', confidence: 'high', title: 'Dropped', targets: ['f/a'] },
  ...{ hosts: ['a.example:443'], firstSeenAt: '2026-11-01T00:00:00.000Z', openedAt: '2026-11-01T00:01:00.000Z' },
  ...{ lastSeenAt: '2026-11-02T00:00:00.000Z', closedAt: null, evidenceThen: ['x'], evidenceNow: ['y'], remedies: [] },
  ...more,
});
export const notice = (id: string, when = '2026-11-01T00:01:00.000Z', more: Partial<Notice> = {}): Notice => ({
  ...{
    schema: 1,
    id,
    at: when,
    kind: 'opened',
    machine: null,
    incident: incident(),
    incidents: [],
    changes: [],
    since: null,
  },
  ...more,
});

export interface MadeStore {
  readonly address: string;
  /** Makes it one of an earlier version, without what came later. */
  age(address: string, version: number, newer: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const lastLooks = async (store: Store) => {
  const keys = (await store.senders({ most: 999 })).map(({ key }) => key);
  return [...(await store.lastLooks(keys))].sort((a, b) => (a.key < b.key ? -1 : 1));
};

/** Two messages of each of some machines, more than are read at once; what the last ones say. */
async function putMessages(store: Store): ReturnType<typeof lastLooks> {
  const looks = [recorded.healthy(), recorded['proxy-407']()].map((report) => lookOf(report));
  const made = looks.map((look) => ({ look: packed(look), last: lastLookOf(look) }));
  const keys = Array.from({ length: 251 }, (_, index) => `k${String(index).padStart(3, '0')}`);
  const [nobody, ...machines] = keys;
  const sender = (key: string, last_seq: number) => ({
    ...{ key, fingerprint: key, state: 'admitted', name: key, first_at: 0, last_at: 0, last_seq, egress: '' },
    ...{ dropped: 0, conflicts: 0, skew_ms: 0 },
  });
  await store.restore('senders', [sender(nobody ?? '', 0), ...machines.map((key) => sender(key, 2))]);
  const row = { received_at: 0, critical: 0, digest: '' };
  await store.restore(
    'messages',
    machines.flatMap((key, index) => [1, 2].map((seq) => ({ ...row, key, seq, look: made[(index + seq) % 2]?.look }))),
  );
  await store.restore(
    'last_looks',
    machines.map((key, index) => ({ key, ...made[index % 2]?.last })),
  );
  const said = await lastLooks(store);
  expect(said).toHaveLength(250);
  expect(new Set(said.map(({ look }) => look.endpoints)).size).toBe(2);
  return said;
}

export function storeSuite(make: () => Promise<MadeStore>): void {
  const using = async (work: (store: Store, address: string) => Promise<void>): Promise<void> => {
    const { address, close } = await make();
    const store = await openStore(address);
    try {
      await work(store, address);
    } finally {
      await store.close();
      await close();
    }
  };

  it('gives a report back as it was recorded, and what there is to know without it', () =>
    using(async (store) => {
      const report = runAt('2026-11-03T10:00:00.000Z');
      const look = await store.record(report, 'watch', 'M1');
      expect(await store.reportOf(look)).toEqual(report);
      expect(look).toMatchObject({ machine: 'M1', seq: 1, kind: 'watch', account: 'CORP\\CMSERVER01$' });
      expect(look.addresses).toEqual(report.machine?.addresses);
      expect(look.resolvers).toEqual(report.environment.resolvers);
      expect(look.proxy).toBe(report.targets[0]?.route);
      expect(await store.lookById(look.id)).toEqual(look);
      expect(await store.causes('M1', 1, 1)).toMatchObject([{ cause: 'proxy.auth-required', seq: 1 }]);
      const [newest] = await store.states('M1', 5);
      expect(newest?.states.map(({ target }) => target)).toEqual(report.targets.map(({ id }) => id));
    }));

  it('orders looks as they were recorded, though the clock was set back a year', () =>
    using(async (store) => {
      for (const time of ['2026-11-03T10:00:00.000Z', '2025-11-03T10:00:00.000Z', '2026-11-03T12:00:00.000Z']) {
        await store.record(runAt(time), 'watch', 'M1');
      }
      await store.record(runAt('2026-11-03T11:00:00.000Z'), 'check', 'M2');
      expect((await store.looks('M1', { most: 9 })).map(({ seq }) => seq)).toEqual([3, 2, 1]);
      expect((await store.looks('M1', { most: 1, before: 3 })).map(({ seq }) => seq)).toEqual([2]);
      expect((await store.lookAt('M1'))?.seq).toBe(3);
      expect((await store.lookAt('M1', at('2026-11-03T11:00:00Z')))?.seq).toBe(1);
      expect(await store.lookAt('M1', at('2020-11-03T11:00:00Z'))).toBeNull();
      expect(await store.machines()).toEqual(['M1', 'M2']);
    }));

  it('takes no look that came late for the newest, and keeps it', () =>
    using(async (store) => {
      const newest = await store.record(runAt('2026-11-03T12:00:00.000Z'), 'collected', 'M1');
      const late = await store.record(runAt('2026-11-03T10:00:00.000Z'), 'late', 'M1');
      expect(await store.lookAt('M1')).toEqual(newest);
      expect((await store.states('M1', 5)).map(({ look }) => look.seq)).toEqual([newest.seq]);
      expect(await store.lookAt('M1', at('2026-11-03T11:00:00Z'))).toEqual(late);
      expect(await store.looks('M1', { most: 5 })).toEqual([late, newest]);
    }));

  it('adds up the looks of a day for each target', () =>
    using(async (store) => {
      for (const hour of ['01', '02']) await store.record(runAt(`2026-11-03T${hour}:00:00.000Z`), 'watch', 'M1');
      await store.record(runAt('2026-11-04T00:00:00.000Z', recorded.healthy()), 'watch', 'M1');
      const days = await store.days('M1', 0);
      const [first] = days;
      expect(first).toMatchObject({ looks: 2, verdicts: { unreachable: 2, reachable: 0 }, meanMs: null });
      expect(days.at(-1)).toMatchObject({ looks: 1, verdicts: { reachable: 1 } });
      expect(await store.days('M1', (first?.day ?? 0) + 2)).toEqual([]);
    }));

  it('keeps an incident under its id, and shows those that are not closed', () =>
    using(async (store) => {
      await store.putIncident({ machine: 'M1', key: 'k', incident: incident(), memory: { clean: 1 } });
      await store.putIncident({ machine: 'M1', key: 'k', incident: incident({ severity: 'warning' }), memory: null });
      const closed = incident({ id: 'i-2', state: 'closed', closedAt: '2026-11-05T00:00:00.000Z' });
      await store.putIncident({ machine: 'M1', key: 'k', incident: closed, memory: null });
      expect(await store.openIncidents('M1')).toMatchObject([{ incident: { id: 'i-1', severity: 'warning' } }]);
      expect(await store.incidents({ most: 9 })).toHaveLength(2);
      expect(await store.incident('i-2')).toMatchObject({ key: 'k', incident: { state: 'closed' } });
      expect(await store.openIncidents('M2')).toEqual([]);
    }));

  it('hands each delivery to one, again after its claim is over, and never once it is delivered', () =>
    using(async (store) => {
      const now = at('2026-11-01T01:00:00Z');
      await store.addNotice(notice('n-1'), 'M1', ['hook', 'mail']);
      await store.addNotice(notice('n-1'), 'M1', ['hook', 'mail']);
      const routes = ['hook', 'mail', 'other'];
      const all = await store.claimDeliveries(routes, now, 60_000, 10);
      expect(all.map(({ route }) => route).sort()).toEqual(['hook', 'mail']);
      expect(await store.claimDeliveries(routes, now, 60_000, 10)).toEqual([]);
      expect(await store.claimDeliveries(routes, now + 60_001, 60_000, 10)).toHaveLength(2);
      const [first, second] = all;
      if (first === undefined || second === undefined) throw new Error('two');
      await store.delivered(first, now);
      await store.notDelivered(second, 'status 500', now + 300_000, now);
      expect(await store.nextDelivery(routes)).toBe(now + 300_000);
      expect(await store.claimDeliveries(routes, now + 200_000, 1000, 10)).toEqual([]);
      expect(await store.claimDeliveries(routes, now + 300_000, 1000, 10)).toMatchObject([{ attempts: 1 }]);
      await store.notDelivered({ ...second, attempts: 1 }, 'status 410', null, now);
      expect(await store.nextDelivery(routes)).toBeNull();
      expect(await store.notices({ most: 5 })).toEqual([notice('n-1')]);
    }));

  it('hands out what waits for a way in its order, to one at a time', () =>
    using(async (store) => {
      const now = at('2026-11-01T01:00:00Z');
      const ids = async (time: number, most = 10): Promise<readonly string[]> =>
        (await store.claimDeliveries(['hook'], time, 60_000, most)).map((one) => one.notice.id);
      for (const [minute, id] of ['z', 'y', 'x'].entries()) {
        await store.addNotice(notice(id, `2026-11-01T00:0${minute}:00.000Z`), 'M1', ['hook']);
      }
      const [first, second] = await store.claimDeliveries(['hook'], now, 60_000, 2);
      if (first === undefined || second === undefined) throw new Error('two');
      expect([first.notice.id, second.notice.id]).toEqual(['z', 'y']);
      expect(await ids(now)).toEqual([]);
      expect(await store.nextDelivery(['hook'])).toBe(now + 60_000);
      for (const one of [first, second]) await store.notDelivered(one, 'status 500', now + 3_600_000, now);
      // One that is due takes along those that would have waited longer.
      expect(await ids(now + 1)).toEqual(['z', 'y', 'x']);
      await store.notDelivered(first, 'status 503', now + 7_200_000, now, true);
      await store.addNotice(notice('w', '2026-11-01T01:30:00.000Z'), 'M1', ['hook']);
      expect(await ids(now + 3_600_000)).toEqual([]);
      expect(await ids(now + 7_200_000, 2)).toEqual(['z', 'y']);
    }));

  it('lets a way rest on which more waits than is taken at once, and gives the rest as soon as the first have left', () =>
    using(async (store) => {
      const now = at('2026-11-01T01:00:00Z');
      for (let count = 10; count < 35; count += 1) {
        await store.addNotice(notice(`n-${count}`, `2026-11-01T00:${count}:00.000Z`), 'M1', ['hook']);
      }
      const take = (time: number) => store.claimDeliveries(['hook'], time, 600_000, 20);
      for (const one of await take(now)) await store.notDelivered(one, 'status 500', now + 60_000, now);
      expect(await store.nextDelivery(['hook'], 20)).toBe(now + 60_000);
      expect(await take(now + 1000)).toEqual([]);
      const first = await take(now + 60_000);
      expect(first).toHaveLength(20);
      for (const one of first) await store.delivered(one, now + 60_000);
      expect(await store.nextDelivery(['hook'], 20)).toBeLessThanOrEqual(now + 60_000);
      expect((await take(now + 60_000)).map((one) => one.notice.id)).toEqual(
        ['30', '31', '32', '33', '34'].map((count) => `n-${count}`),
      );
    }));

  it('delivers what waits for a time that a clock which was set back will not reach', () =>
    using(async (store) => {
      await store.addNotice(notice('n-1', '2027-11-01T00:00:00.000Z'), 'M1', ['hook']);
      expect(await store.claimDeliveries(['hook'], at('2026-11-01T00:00:00Z'), 1000, 10)).toHaveLength(1);
      expect(await store.claimDeliveries(['hook'], at('2025-11-01T00:00:00Z'), 1000, 10)).toHaveLength(1);
    }));

  it('does all of a transaction or nothing', () =>
    using(async (store) => {
      const failing = store.transaction(async (steps) => {
        await steps.record(runAt('2026-11-03T10:00:00.000Z'), 'watch', 'M1');
        await steps.addNotice(notice('n-1'), 'M1', ['hook']);
        throw new RangeError('no');
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect(await store.looks('M1', { most: 9 })).toEqual([]);
      expect(await store.notices({ most: 9 })).toEqual([]);
    }));

  it('gives a lock to one holder, until its time is over or its holder is gone', () =>
    using(async (store) => {
      const now = at('2026-11-01T00:00:00Z');
      expect(await store.takeLock('run', 'a', now, 60_000)).toBe(true);
      expect(await store.takeLock('run', 'a', now + 1, 60_000)).toBe(true);
      expect(await store.takeLock('run', 'b', now + 2, 60_000)).toBe(false);
      expect(await store.takeLock('run', 'b', now + 2, 60_000, (holder) => holder === 'a')).toBe(true);
      expect(await store.takeLock('run', 'a', now + 120_000, 60_000)).toBe(true);
      // Set back a year: nobody holds a lock for that long.
      expect(await store.takeLock('run', 'b', now - 31_536_000_000, 60_000)).toBe(true);
      await store.releaseLock('run', 'a');
      expect(await store.takeLock('run', 'a', now - 31_536_000_000, 60_000)).toBe(false);
      await store.releaseLock('run', 'b');
      expect(await store.takeLock('run', 'a', now, 60_000)).toBe(true);
    }));

  it('remembers settings, and forgets them', () =>
    using(async (store) => {
      expect(await store.setting('due')).toBeUndefined();
      await store.putSetting('due', { at: 1 });
      await store.putSetting('due', { at: 2 });
      expect(await store.setting('due')).toEqual({ at: 2 });
      await store.putSetting('due', undefined);
      expect(await store.setting('due')).toBeUndefined();
    }));

  it('lets go of what is old or too much, and of nothing that belongs to what stays', () =>
    using(async (store) => {
      for (const day of ['01', '02', '03', '04']) {
        await store.record(runAt(`2026-11-${day}T00:00:00.000Z`), 'watch', 'M1');
        await store.addNotice(notice(`n-${day}`, `2026-11-${day}T00:00:00.000Z`), 'M1', ['hook']);
      }
      expect(await store.prune({ before: at('2026-11-02T00:00:00Z'), mostBytes: null })).toBe(1);
      expect(await store.notices({ most: 9 })).toHaveLength(3);
      expect(await store.prune({ before: null, mostBytes: 1 })).toBe(2);
      expect((await store.looks('M1', { most: 9 })).map(({ seq }) => seq)).toEqual([4]);
      expect(await store.prune({ before: null, mostBytes: 1e9 })).toBe(0);
      expect(await store.faults()).toEqual([]);
      expect(await store.size()).toBeGreaterThan(0);
    }));

  it('keeps the newest look of a machine when there is too much, though others came after it late', () =>
    using(async (store) => {
      await store.record(runAt('2026-11-02T00:00:00.000Z'), 'collected', 'M1');
      const newest = await store.record(runAt('2026-11-04T00:00:00.000Z'), 'collected', 'M1');
      for (const day of ['01', '03']) await store.record(runAt(`2026-11-${day}T00:00:00.000Z`), 'late', 'M1');
      expect(await store.prune({ before: null, mostBytes: 1 })).toBe(3);
      expect(await store.looks('M1', { most: 9 })).toEqual([newest]);
      expect(await store.reportOf(newest)).not.toBeNull();
      expect(await store.faults()).toEqual([]);
    }));

  it('keeps tokens that let one in each, until they are used, ended, or have ended', () =>
    using(async (store) => {
      const ids = ['a', 'b', 'c', 'd'];
      for (const id of ids) await store.putToken({ id, secret: `s-${id}`, until: 100, usedBy: null });
      expect((await store.tokens({ most: 3 })).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect(await store.tokens({ most: 3, after: 'c' })).toEqual([
        { id: 'd', secret: 's-d', until: 100, usedBy: null },
      ]);
      expect([await store.useToken('a', 'f1', 50), await store.useToken('a', 'f2', 50)]).toEqual([true, false]);
      expect([await store.endToken('b', 60), await store.endToken('b', 70)]).toEqual([true, false]);
      // Whoever found it good before it was withdrawn comes too late.
      expect(await store.useToken('b', 'f3', 60)).toBe(false);
      expect([await store.endToken('a', 70), await store.endToken('c', 100)]).toEqual([false, false]);
      expect(await store.useToken('c', 'f3', 100)).toBe(false);
      expect((await store.tokens({ most: 9 })).map(({ until, usedBy }) => [until, usedBy])).toEqual([
        [100, 'f1'],
        [60, null],
        [100, null],
        [100, null],
      ]);
    }));

  it('lets go of what a collector has no more use for, and of nobody who sends', () =>
    using(async (store) => {
      const old = at('2026-11-01T00:00:00Z');
      const now = at('2026-11-30T00:00:00Z');
      const sender = { state: 'admitted', name: 'M1', lastAt: old, firstAt: old, egress: '', dropped: 0 } as const;
      await store.putSender({ ...sender, key: 'k', fingerprint: 'f', lastSeq: 2, conflicts: 0, skewMs: 0 });
      const message = { key: 'k', receivedAt: old, critical: false, digest: 'd', look: new Uint8Array([1]) };
      for (const seq of [1, 2]) await store.addMessage({ ...message, seq });
      for (const [id, until, usedBy] of [
        ['used', old, 'f'],
        ['ended', old, null],
        ['good', now, null],
      ] as const)
        await store.putToken({ id, secret: 's', until, usedBy });
      for (const when of [old, now])
        await store.addAudit({ at: when, what: 'token', fingerprint: '', detail: '', actor: '' });
      expect(await store.pruneCollected({ before: at('2026-11-15T00:00:00Z'), mostBytes: 1e9 })).toBe(1);
      expect((await store.audits({ most: 10 })).map((entry) => entry.at)).toEqual([now]);
      expect(await Promise.all(['used', 'ended'].map((id) => store.token(id)))).toEqual([null, null]);
      expect(await store.token('good')).toMatchObject({ until: now });
      expect(await store.sender('k')).toMatchObject({ state: 'admitted', lastSeq: 2 });
      expect(await store.messageOf('k', 2)).toEqual(expect.anything());
    }));

  it('gives all that it holds as it was at one instant, whoever writes meanwhile', () =>
    using(async (store, address) => {
      await store.record(runAt('2026-11-03T10:00:00.000Z'), 'watch', 'M1');
      await store.putSetting('due', { at: 1 });
      const reader = await openStore(address, { write: false });
      const seen: Record<string, number> = {};
      let settings: unknown[] = [];
      for await (const { table, rows } of reader.rows()) {
        seen[table] = (seen[table] ?? 0) + rows.length;
        if (table === 'settings') settings = [...rows];
        if (table !== 'machines') continue;
        // After the first table was read: a second machine, a look of the first, a setting.
        await store.record(runAt('2026-11-03T11:00:00.000Z'), 'watch', 'M2');
        await store.record(runAt('2026-11-03T12:00:00.000Z'), 'watch', 'M1');
        await store.putSetting('due', { at: 2 });
      }
      expect(seen).toMatchObject({ machines: 1, looks: 1, look_reports: 1, look_states: 1 });
      expect(settings).toMatchObject([{ name: 'due', value: '{"at":1}' }]);
      expect(await reader.count()).toBe(3);
      await reader.close();
    }));

  it('lets go of messages by age and by size, never of the last of a machine', () =>
    using(async (store) => {
      const times = { firstAt: 0, lastAt: 0, dropped: 0, conflicts: 0, skewMs: 0 };
      const sender = { ...times, state: 'admitted', name: 'x', egress: '' } as const;
      const look = new Uint8Array(1000);
      for (const key of ['a', 'b']) {
        await store.putSender({ ...sender, key, fingerprint: `f${key}`, lastSeq: 4 });
        for (let seq = 1; seq <= 4; seq++) {
          await store.addMessage({ key, seq, receivedAt: seq, critical: false, digest: `${seq}`, look });
        }
      }
      await store.putSender({ ...sender, key: 'c', fingerprint: 'fc', lastSeq: 0 });
      const kept = async (): Promise<readonly string[]> =>
        (await store.messages({ most: 99 })).map(({ key, seq }) => `${key}${seq}`);
      expect(await store.pruneCollected({ before: 2, mostBytes: 1e9 })).toBe(2);
      expect(await kept()).toEqual(['a2', 'a3', 'a4', 'b2', 'b3', 'b4']);
      // A quarter of it is for messages.
      expect(await store.pruneCollected({ before: 0, mostBytes: 16_000 })).toBe(2);
      expect(await kept()).toEqual(['a3', 'a4', 'b3', 'b4']);
      expect(await store.pruneCollected({ before: 9, mostBytes: 1 })).toBe(2);
      expect(await kept()).toEqual(['a4', 'b4']);
      expect((await store.messages({ most: 1, after: { key: 'a', seq: 4 } })).map(({ key }) => key)).toEqual(['b']);
    }));

  it('gives the last looks of senders, in short and whole', () =>
    using(async (store) => {
      const times = { firstAt: 0, lastAt: 0, dropped: 0, conflicts: 0, skewMs: 0 };
      for (const [key, lastSeq] of [
        ['a', 2],
        ['b', 1],
        ['c', 0],
      ] as const) {
        const sender = { ...times, state: 'admitted', name: 'x', egress: '' } as const;
        await store.putSender({ ...sender, key, fingerprint: `f${key}`, lastSeq });
        for (let seq = 1; seq <= lastSeq; seq += 1) {
          const look = new Uint8Array([seq, key.charCodeAt(0)]);
          await store.addMessage({ key, seq, receivedAt: seq, critical: false, digest: `${seq}`, look });
          await store.putLastLook(key, { endpoints: `list of ${key}${seq}`, rest: `{"seq":${seq}}` });
        }
      }
      const [asked, none] = [['a', 'c', 'nobody'], []];
      expect(await store.lastLooks(asked)).toEqual([
        { key: 'a', seq: 2, look: { endpoints: 'list of a2', rest: '{"seq":2}' } },
      ]);
      const whole = await store.lastMessages(asked);
      expect(whole.map(({ endpoints, look }) => [endpoints, [...look]])).toEqual([['list of a2', [2, 97]]]);
      expect([await store.lastLooks(none), await store.lastMessages(none)]).toEqual([[], []]);
    }));

  it('knows the last looks of a store that an older version wrote', async () => {
    const { address, close, age } = await make();
    const store = await openStore(address);
    const said = await putMessages(store);
    await store.close();
    await age(address, 3, [
      ...['drop table last_looks', 'drop index looks_by_started_at', 'alter table senders drop column pruned_seq'],
    ]);
    const again = await openStore(address);
    expect(await lastLooks(again)).toEqual(said);
    await again.close();
    await close();
  });

  it('lets go of the same of each machine, however many there are', () =>
    using(async (store) => {
      const names = Array.from({ length: 120 }, (_, index) => `m${String(index).padStart(3, '0')}`);
      const old = at('2026-11-01T00:00:00Z');
      const now = at('2026-11-30T00:00:00Z');
      const counts = { reachable: 0, degraded: 0, unreachable: 0, untested: 0 };
      const look = {
        ...{ ...counts, kind: 'watch', duration_ms: 0, complete: 1, message_id: null, version: '', account: '' },
        ...{ addresses: '[]', proxy: '', resolvers: '[]' },
      };
      const day = { ...counts, target: 't', feature: 'f', host: 'h', looks: 1, total_ms: 0 };
      const closed = { ...{ incident_key: 'k', state: 'closed', cause: 'tcp.dropped', severity: 'critical' } };
      const twice = names.flatMap((name) => [
        { name, seq: 1, when: old },
        { name, seq: 2, when: now },
      ]);
      const restored: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
        machines: names.map((name) => ({ name, last_seq: 2 })),
        looks: twice.map(({ name, seq, when }) => ({
          ...look,
          machine: name,
          seq,
          id: `${name}${seq}`,
          started_at: when,
        })),
        look_reports: twice.map(({ name, seq }) => ({ machine: name, seq, report: new Uint8Array(100) })),
        days: twice.map(({ name, when }) => ({ ...day, machine: name, day: Math.floor(when / 86_400_000) })),
        incidents: twice.map(({ name, seq, when }) => ({
          ...{ ...closed, id: `${name}${seq}`, machine: name, first_seen_at: 0, last_seen_at: when, closed_at: when },
          ...{ body: JSON.stringify(incident({ id: `${name}${seq}`, state: 'closed' })), memory: 'null' },
        })),
        senders: names.map((key) => ({
          ...{
            key,
            fingerprint: key,
            state: 'admitted',
            name: key,
            first_at: 0,
            last_at: now,
            last_seq: 2,
            egress: '',
          },
          ...{ dropped: 0, conflicts: 0, skew_ms: 0 },
        })),
        messages: twice.map(({ name, seq, when }) => ({
          ...{ key: name, seq, received_at: when, critical: 0, digest: '', look: new Uint8Array(100) },
        })),
      };
      for (const [table, rows] of Object.entries(restored)) await store.restore(table, rows);
      // All that stays is 24,000 bytes of reports, and as much of messages.
      const all = { before: 0, mostBytes: 96_000 };
      expect([await store.pruneCollected(all), await store.prune({ ...all, mostBytes: 48_000 })]).toEqual([0, 0]);
      expect(await store.prune({ before: null, mostBytes: 47_850 })).toBe(2);
      const aged = { before: at('2026-11-15T00:00:00Z'), mostBytes: 1e9 };
      expect([await store.pruneCollected(aged), await store.prune(aged)]).toEqual([120, 118]);
      for (const name of names) {
        expect((await store.looks(name, { most: 9 })).map(({ seq }) => seq)).toEqual([2]);
        expect(await store.days(name, 0)).toHaveLength(1);
      }
      expect(await store.incidents({ most: 999 })).toHaveLength(120);
      expect((await store.messages({ most: 999 })).map(({ seq }) => seq)).toEqual(names.map(() => 2));
      expect(await store.faults()).toEqual([]);
    }));

  it('writes down every change of who may send, those of one instant too, and reads them page by page', () =>
    using(async (store) => {
      const entry = { at: 5, what: 'token', fingerprint: '', actor: 'root' } as const;
      for (const detail of ['a', 'b', 'c']) await store.addAudit({ ...entry, detail });
      const first = await store.audits({ most: 2 });
      const rest = await store.audits({ most: 2, ...(first[1] === undefined ? {} : { before: first[1] }) });
      expect([...first, ...rest].map(({ detail }) => detail)).toEqual(['c', 'b', 'a']);
    }));

  it('is the same after it was opened again', () =>
    using(async (store, address) => {
      const look = await store.record(runAt('2026-11-03T10:00:00.000Z'), 'watch', 'M1');
      await store.close();
      const again = await openStore(address, { write: false });
      expect(await again.lookAt('M1')).toEqual(look);
      await again.close();
    }));
}
