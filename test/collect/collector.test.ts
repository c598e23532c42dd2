import { get } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { exported } from '../../src/collect/export.ts';
import { mostWaiting } from '../../src/collect/let-in.ts';
import { type CollectedMachine, collectedAudit, collectedLook, collectedMachine } from '../../src/model/collected.ts';
import type { FleetReport } from '../../src/model/fleet.ts';
import type { Report } from '../../src/model/report.ts';
import { faultsOf } from '../../src/reading/faults.ts';
import { escaped } from '../../src/report/html/markup.ts';
import { messageOf } from '../../src/send/message.ts';
import { mostBody } from '../../src/serve/server.ts';
import { createKey } from '../../src/signed/keys.ts';
import type { Store } from '../../src/store/store.ts';
import { StoreTrouble } from '../../src/store/trouble.ts';
import { wayclear } from '../cli/in-process.ts';
import { recorded } from '../report/recorded.ts';
import {
  badReport,
  coverFor,
  goodReport,
  machine,
  message,
  named,
  openWorld,
  post,
  type World,
  wordsIn,
} from './world.ts';

let world: World;
const open = async (...given: Parameters<typeof openWorld>): Promise<World> => {
  world = await openWorld(...given);
  return world;
};
afterEach(async () => {
  expect(world.faults).toEqual([]);
  await world.close();
});

const token = { id: '0123456789ab', secret: 'x'.repeat(32) };

describe('a collector', () => {
  it('keeps what it acknowledges, and takes a replay for what it is', async () => {
    const { url, store } = await open();
    const key = createKey();
    const text = message(named(badReport(), 'bonn-1'), key, 1);
    expect(await post(url, text)).toMatchObject({ status: 200, results: ['stored'] });
    expect(await post(url, text)).toMatchObject({ status: 200, results: ['duplicate'] });
    expect(await post(url, text + message(goodReport(), key, 2))).toMatchObject({ results: ['duplicate', 'stored'] });
    expect((await store.window(Date.parse('2026-11-30T08:00:00Z'))).stored).toBe(2);
  });

  it('has a turn for others between the messages of a post, however many come at once', async () => {
    const { url } = await open();
    const bodies = Array.from({ length: 8 }, () => {
      const key = createKey();
      return Array.from({ length: 20 }, (_, index) => message(goodReport(), key, index + 1)).join('');
    });
    let [turns, isOver] = [0, false];
    const turn = (): void => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const answers = await Promise.all(bodies.map((body) => post(url, body)));
    isOver = true;
    expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
    expect(turns).toBeGreaterThan(8 * 20);
  });

  it('takes messages in any order, and believes the last number', async () => {
    const { url, collector } = await open();
    const key = createKey();
    await post(url, message(named(goodReport(), 'bonn-1'), key, 5));
    await post(url, message(named(badReport(), 'bonn-1'), key, 3));
    expect((await collector.fleet()).diagnosis.causes).toEqual([]);
  });

  it('keeps whole reports, and what a summary says', async () => {
    const { url, store, collector } = await open();
    const [one, other] = [createKey(), createKey()];
    await post(url, message(named(badReport(), 'bonn-1'), one, 1, { detail: 'full' }));
    await post(url, message(named(badReport(), 'bonn-2'), other, 1));
    const [kept, ...more] = await store.machines();
    expect(more).toEqual([]);
    expect(kept).toBe(one.fingerprint);
    const [cause] = (await collector.fleet()).diagnosis.causes;
    expect(cause).toMatchObject({ cause: 'dns.no-resolver', machines: ['bonn-1', 'bonn-2'] });
  });

  it('says in the language of the reader what a machine found in its own, on pages and in the answer', async () => {
    const { url, time } = await open();
    const key = createKey();
    const said = recorded['dns-dead']('ja');
    const [sentence = ''] = said.rootCauses[0]?.deciding ?? [];
    const [english = ''] = badReport().rootCauses[0]?.deciding ?? [];
    const [dutch = ''] = recorded['dns-dead']('nl').rootCauses[0]?.deciding ?? [];
    const startedAt = new Date(time.wall).toISOString();
    await post(url, message(named(said, 'osaka-1', { startedAt }), key, 1, { detail: 'full' }));
    for (const [lang, own] of [
      ['en', english],
      ['nl', dutch],
      ['ja', sentence],
    ] as const) {
      const fleet = (await (await fetch(`${url}/api/fleet?lang=${lang}`)).json()) as FleetReport;
      expect(fleet.explanations[0]?.evidence).toContain(own);
      const page = await (await fetch(`${url}/machines/${key.fingerprint}/?lang=${lang}`)).text();
      expect(page).toContain(escaped(own));
      expect(page.includes(sentence)).toBe(lang === 'ja');
    }
  });

  it('says of an incident that the last look did not see when it closes', async () => {
    const { url, time } = await open();
    const key = createKey();
    for (const [index, report] of [badReport(), goodReport()].entries()) {
      const startedAt = new Date(time.wall).toISOString();
      await post(url, message(named(report, 'bonn-1', { startedAt }), key, index + 1, { detail: 'full' }));
      time.wall += 3_600_000;
      const page = await (await fetch(`${url}/machines/${key.fingerprint}/`)).text();
      expect(page.includes('last look clean; closes after one more')).toBe(index === 1);
    }
  });

  it('says since when, without a break, although the last message alone is looked at', async () => {
    const { url, collector, time } = await open();
    const key = createKey();
    const hour = 3_600_000;
    for (const [index, report] of [goodReport(), badReport(), badReport()].entries()) {
      const startedAt = new Date(time.wall).toISOString();
      await post(url, message(named(report, 'bonn-1', { startedAt }), key, index + 1));
      time.wall += hour;
    }
    expect((await collector.fleet()).diagnosis.causes[0]).toMatchObject({
      since: '2026-11-30T09:00:00.000Z',
      fineUntil: '2026-11-30T08:00:00.000Z',
    });
  });

  it('of a machine that could not speak say since when it was so, although they come together, by a clock that is wrong', async () => {
    const { url, store, collector, time } = await open();
    const hour = 3_600_000;
    for (const [name, ahead] of [
      ['bonn-1', 0],
      ['bonn-2', 5 * hour],
    ] as const) {
      const key = createKey();
      const at = (ago: number): string => new Date(time.wall - ago * hour + ahead).toISOString();
      const some = [73, 49, 25, 1].map((ago, index) => {
        const report = named(index === 0 ? goodReport() : badReport(), name, { startedAt: at(ago) });
        return message(report, key, index + 1, { at: at(ago), detail: 'full' });
      });
      const { results } = await post(url, some.join(''), coverFor(some.join(''), key, null, at(0)));
      expect(results).toEqual(some.map(() => 'stored'));
    }
    const { diagnosis, silent, looks } = await collector.fleet();
    const [since, fineUntil] = ['2026-11-28T07:00:00.000Z', '2026-11-27T07:00:00.000Z'];
    expect(diagnosis.causes).toMatchObject([{ cause: 'dns.no-resolver', since, fineUntil }]);
    expect(looks.map((look) => look.at)).toEqual(looks.map(() => '2026-11-30T07:00:00.000Z'));
    expect(silent).toEqual([]);
    for (const { incident } of await store.incidents({ most: 9 })) {
      expect(incident).toMatchObject({ state: 'open', firstSeenAt: since, openedAt: since });
    }
    // Retention counts from their coming.
    expect(await store.pruneCollected({ before: time.wall - hour, mostBytes: 1e9 })).toBe(0);
  });

  it('closes what was open when a machine that has another name now is fine', async () => {
    const { url, store, time } = await open();
    const key = createKey();
    await post(url, message(named(badReport(), 'old-name'), key, 1, { detail: 'full' }));
    const [stored] = await store.incidents({ most: 9 });
    expect(stored?.incident.state).toBe('open');
    for (const seq of [2, 3]) {
      time.wall += 3_600_000;
      await post(url, message(named(goodReport(), 'bonn-1'), key, seq, { detail: 'full' }));
    }
    const [after, ...more] = await store.incidents({ most: 9 });
    expect(more).toEqual([]);
    expect(after).toMatchObject({ machine: key.fingerprint, incident: { state: 'closed' } });
    // It is the key that it is known by: what it was called before is in its history.
    const base = `${url}/machines/${key.fingerprint}`;
    const history = (await (await fetch(`${base}/api/history`)).json()) as { readonly looks: readonly unknown[] };
    expect(history.looks).toHaveLength(3);
    expect(await (await fetch(`${base}/`)).text()).toContain('bonn-1');
  });

  it('takes a wrong clock, and tells of it', async () => {
    const { url, store } = await open();
    const key = createKey();
    for (const [seq, at] of [
      [1, '1970-01-01T00:00:00.000Z'],
      [2, '2999-01-01T00:00:00.000Z'],
    ] as const) {
      expect((await post(url, message(goodReport(), key, seq, { at }))).results).toEqual(['stored']);
    }
    expect((await store.sender(key.key))?.skewMs).toBeGreaterThan(900 * 365 * 86_400_000);
    expect(await (await fetch(url)).text()).toContain('its clock is off by');
    const text = message(goodReport(), key, 3);
    await post(url, text, coverFor(text, key, null, '2026-11-30T07:50:00.000Z'));
    expect((await store.sender(key.key))?.skewMs).toBe(-600_000);
  });

  it('takes what waited on its way for no wrong clock', async () => {
    const { url, store, time } = await open();
    const [posted, carried] = [createKey(), createKey()];
    const [text, file] = [message(goodReport(), posted, 1), message(goodReport(), carried, 1)];
    time.wall += 9 * 60_000;
    await post(url, text, coverFor(text, posted, null, new Date(time.wall).toISOString()));
    // By whoever emptied the folder, under its own name.
    await post(url, file, coverFor(file, posted, null, '2026-11-30T08:00:00.000Z'));
    for (const { key } of [posted, carried]) expect((await store.sender(key))?.skewMs).toBe(0);
    expect(await (await fetch(url)).text()).not.toContain('its clock is off by');
  });

  it('keeps a look for as long as others, though the clock of its machine is years off', async () => {
    const { store, url, time } = await open();
    const day = 86_400_000;
    const key = createKey();
    for (const [index, startedAt] of [
      '1999-01-01T00:00:00.000Z',
      '2999-01-01T00:00:00.000Z',
      // After three weeks without a network.
      '2026-11-09T08:00:00.000Z',
    ].entries()) {
      const text = message(named(goodReport(), 'bonn-1', { startedAt }), key, index + 1, { detail: 'full' });
      expect((await post(url, text)).results).toEqual(['stored']);
    }
    const [name = ''] = await store.machines();
    const times = async () => (await store.looks(name, { most: 9 })).map(({ startedAt }) => startedAt);
    await store.prune({ before: time.wall - 90 * day, mostBytes: null });
    expect(await times()).toEqual([Date.parse('2026-11-09T08:00:00.000Z'), time.wall, time.wall]);
    await store.prune({ before: time.wall + day, mostBytes: null });
    expect(await times()).toEqual([]);
  });

  it('tells two machines with one key', async () => {
    const { url, store } = await open();
    const key = createKey();
    await post(url, message(named(goodReport(), 'bonn-1'), key, 1));
    expect(await post(url, message(named(badReport(), 'lyon-1'), key, 1))).toMatchObject({
      status: 403,
      results: ['conflict'],
    });
    expect((await store.sender(key.key))?.conflicts).toBe(1);
    expect(await (await fetch(url)).text()).toContain('two machines seem to have this key');
  });
});

describe('numbers', () => {
  /** As a machine posts that by itself, whose clock is ahead by so much. */
  const say = async (name: string, key: ReturnType<typeof createKey>, report = goodReport(), aheadMs = 0) => {
    const clock = world.time.wall + aheadMs;
    const at = new Date(clock).toISOString();
    const text = message(named(report, name), key, clock, { at });
    return (await post(world.url, text, coverFor(text, key, null, at))).results;
  };

  it('of a clone whose clock runs ahead hide nothing that the machine says, and are told', async () => {
    const { store, collector, time } = await open();
    const key = createKey();
    await say('bonn-1', key);
    await say('lyon-1', key, goodReport(), 2 * 86_400_000);
    time.wall += 3_600_000;
    expect(await say('bonn-1', key, badReport())).toEqual(['stored']);
    expect((await collector.fleet()).diagnosis.causes).toMatchObject([{ machines: ['bonn-1'] }]);
    expect(await store.sender(key.key)).toMatchObject({ name: 'bonn-1', conflicts: 1, lastAt: time.wall });
    expect((await store.audits({ most: 9 })).filter(({ what }) => what === 'conflict')).toHaveLength(1);
  });

  it('up to the last one there is silence nobody, whoever has the key', async () => {
    const { url, store, collector, time } = await open();
    const key = createKey();
    await post(url, message(named(goodReport(), 'bonn-1'), key, Number.MAX_SAFE_INTEGER));
    for (const _ of [1, 2]) {
      time.wall += 3_600_000;
      // By a file that somebody carried: nothing says by which clock it was written.
      const at = new Date(time.wall - 60_000).toISOString();
      await post(url, message(named(badReport(), 'bonn-1'), key, time.wall, { at }));
      expect(await store.sender(key.key)).toMatchObject({ lastSeq: time.wall, conflicts: 1 });
    }
    expect((await collector.fleet()).diagnosis.causes).toMatchObject([{ machines: ['bonn-1'] }]);
  });

  it('that come late are those of a second machine where names alternate, and are no sign of life', async () => {
    const { url, store, time } = await open();
    const [one, two] = [createKey(), createKey()];
    const early = time.wall;
    for (const key of [one, two]) await post(url, message(named(goodReport(), 'bonn-1'), key, 5));
    await post(url, message(named(goodReport(), 'bonn-1'), one, 9));
    await post(url, message(named(goodReport(), 'lyon-1'), two, 9));
    time.wall += 3_600_000;
    await post(url, message(named(goodReport(), 'lyon-1'), one, 7), { 'x-forwarded-for': '192.0.2.1' });
    // Renamed, with what waited under the old name.
    await post(url, message(named(goodReport(), 'bonn-1'), two, 7));
    const known = { lastSeq: 9, lastAt: early, egress: '127.0.0.1' };
    expect(await store.sender(one.key)).toMatchObject({ ...known, name: 'bonn-1', conflicts: 1 });
    expect(await store.sender(two.key)).toMatchObject({ ...known, name: 'lyon-1', conflicts: 0 });
  });
});

describe('a replay', () => {
  it('of what was let go of is a free duplicate, and what else comes late is taken', async () => {
    const { url, store, time } = await open();
    const key = createKey();
    const of = (at: number, name = 'bonn-1'): string => message(named(badReport(), name), key, at);
    const first = time.wall;
    for (const seq of [first, first + 1]) await post(url, of(seq));
    const before = await store.sender(key.key);
    time.wall += 86_400_000;
    await store.pruneCollected({ before: time.wall, mostBytes: 1e9 });
    expect(await store.messageOf(key.key, first)).toBeNull();
    // With the header of its post, which may say what it did: the same clock wrote both.
    for (const cover of [{}, coverFor(of(first), key)]) {
      expect((await post(url, of(first), cover)).results).toEqual(['duplicate']);
    }
    expect(await store.sender(key.key)).toEqual(before);
    await post(url, of(first + 9));
    expect((await post(url, of(first + 5))).results).toEqual(['stored']);
  });
});

describe('who may send', () => {
  it('is who holds a token, once', async () => {
    const { url, store, time } = await open({ acceptNew: false });
    await store.putToken({ ...token, until: time.wall + 1000, usedBy: null });
    const [one, other] = [createKey(), createKey()];
    expect((await post(url, message(goodReport(), one, 1, { token }))).results).toEqual(['stored']);
    expect(await post(url, message(goodReport(), other, 1, { token }))).toMatchObject({
      status: 403,
      results: ['token-used'],
      retryAfter: 60,
    });
    expect((await post(url, message(goodReport(), other, 2))).results).toEqual(['waiting']);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('wayclear_intake_waiting_total 2');
    expect(metrics).toContain('wayclear_intake_invalid_total 0');
    // Who waits is in the list of those that wait, which is bounded.
    expect(await store.audits({ most: 10 })).toMatchObject([
      { what: 'enrolled', fingerprint: one.fingerprint, actor: token.id },
    ]);
  });

  it.each([
    ['ended', { until: -1 }, token, 'token-ended'],
    ['of another secret', { until: 1000 }, { ...token, secret: 'y'.repeat(32) }, 'token-unknown'],
    ['of another name', { until: 1000 }, { ...token, id: 'ba9876543210' }, 'token-unknown'],
  ])('is nobody with a token that is %s, and is told', async (_, { until }, shown, said) => {
    const { url, store, time } = await open({ acceptNew: false });
    await store.putToken({ ...token, until: time.wall + until, usedBy: null });
    expect((await post(url, message(goodReport(), createKey(), 1, { token: shown }))).results).toEqual([said]);
  });

  it('waits in a bounded list that never alerts, and sends when it is let in', async () => {
    const opened = await open({ acceptNew: false });
    const { url, store, collector } = opened;
    const bonn = machine(opened, 'bonn-1', [url]);
    bonn.put(badReport());
    expect(await bonn.send()).toMatchObject({ sent: 0, waiting: 1, refused: 0, troubles: [{ why: 'waiting' }] });
    expect((await collector.fleet()).diagnosis.causes).toEqual([]);
    const sender = await store.sender(bonn.key.key);
    if (sender === null) throw new Error('it waits');
    await store.putSender({ ...sender, state: 'admitted' });
    bonn.put(goodReport());
    // It was told when to come again, for which bad news does not wait.
    expect(await bonn.send()).toMatchObject({ sent: 1, waiting: 1 });
    opened.time.wall += 3_600_000;
    expect(await bonn.send()).toMatchObject({ sent: 1, waiting: 0 });
  });

  it('asks with one message while it waits, and hands over all when it is let in', async () => {
    const opened = await open({ acceptNew: false });
    const { url, store, collector } = opened;
    const bonn = machine(opened, 'bonn-1', [url]);
    for (let count = 0; count < 12; count++) bonn.put(goodReport());
    expect(await bonn.send()).toMatchObject({ sent: 0, waiting: 12 });
    const first = collector.counters.waiting;
    for (let look = 1; look <= 3; look++) {
      opened.time.wall += 3_600_000;
      bonn.put(badReport());
      expect(await bonn.send()).toMatchObject({ sent: 0, waiting: 12 + look, troubles: [{ why: 'waiting' }] });
      expect(collector.counters.waiting).toBe(first + look);
    }
    const sender = await store.sender(bonn.key.key);
    if (sender === null) throw new Error('it waits');
    await store.putSender({ ...sender, state: 'admitted' });
    opened.time.wall += 3_600_000;
    expect(await bonn.send()).toMatchObject({ sent: 15, waiting: 0, troubles: [] });
    expect(bonn.spool.isOutside()).toBe(false);
  });

  it('charges no window for what is not taken of it', async () => {
    const { url, store, time } = await open({ acceptNew: false, limit: 10 });
    const key = createKey();
    const many = Array.from({ length: 30 }, (_, at) => message(goodReport(), key, at + 1)).join('');
    const said = await post(url, many);
    expect(said).toMatchObject({ status: 403, results: Array(30).fill('waiting'), retryAfter: 60 });
    expect(await store.window(time.wall)).toMatchObject({ stored: 0, refused: 0 });
  });

  it('is not whom somebody shut out', async () => {
    const opened = await open();
    const { url, store } = opened;
    const bonn = machine(opened, 'bonn-1', [url]);
    bonn.put(goodReport());
    await bonn.send();
    const sender = await store.sender(bonn.key.key);
    if (sender === null) throw new Error('it was here');
    await store.putSender({ ...sender, state: 'revoked' });
    bonn.put(badReport());
    expect(await bonn.send()).toMatchObject({ sent: 0, waiting: 0, refused: 1, troubles: [{ why: 'revoked' }] });
  });

  it(`is of ${mostWaiting} waiting keys none more`, async () => {
    const { store } = await open({ acceptNew: false });
    const row = {
      state: 'waiting',
      name: 'x',
      lastAt: 0,
      lastSeq: 0,
      egress: '',
      dropped: 0,
      conflicts: 0,
      skewMs: 0,
    } as const;
    await store.transaction(async (steps) => {
      for (let index = 0; index < mostWaiting; index++) {
        await steps.putSender({ ...row, key: `k${index}`, fingerprint: `f${index}`, firstAt: index });
      }
    });
    const early = { ...row, egress: '192.0.2.7', key: 'elsewhere', fingerprint: 'elsewhere', firstAt: -1 };
    await store.putSender(early);
    for (const _ of [1, 2]) await post(world.url, message(goodReport(), createKey(), 1));
    expect(await store.waitingSenders()).toHaveLength(mostWaiting);
    for (const key of ['k0', 'k1', 'k2']) expect(await store.sender(key)).toBeNull();
    // Whoever fills the list from one address pushes out nobody of another one.
    expect(await store.sender('elsewhere')).not.toBeNull();
  });
});

describe('the throttle', () => {
  it('takes so many in a window, keeps a share for bad news, and charges nothing twice', async () => {
    const { url, store, time } = await open({ limit: 10, perMs: 3_600_000 });
    const key = createKey();
    const good = (seq: number): string => message(goodReport(), key, seq);
    for (let seq = 1; seq <= 8; seq++) expect((await post(url, good(seq))).status, `${seq}`).toBe(200);
    const refused = await post(url, good(9));
    expect(refused).toMatchObject({ status: 429, results: null });
    // To the end of the window, and half of the next one.
    expect(refused.retryAfter).toBe(3600 + 1800);
    expect((await post(url, good(1))).results).toEqual(['duplicate']);
    for (const seq of [10, 11]) expect((await post(url, message(badReport(), key, seq))).results).toEqual(['stored']);
    expect((await post(url, message(badReport(), key, 12))).status).toBe(429);
    expect(await store.window(time.wall)).toEqual({ stored: 10, critical: 2, refused: 2 });
    time.wall += 3_600_000;
    expect((await post(url, good(9))).status).toBe(200);
  });

  it('refuses a post as a whole, and sends later ones further on by how many came', async () => {
    const { url, store } = await open({ limit: 10, perMs: 60_000, chance: () => 0 });
    const key = createKey();
    const batch = (from: number): string =>
      Array.from({ length: 8 }, (_, index) => message(goodReport(), key, from + index)).join('');
    const waits = [];
    for (let from = 1; from <= 33; from += 8) waits.push((await post(url, batch(from))).retryAfter);
    expect(waits).toEqual([0, 60, 60, 120, 180]);
    expect(await store.sender(key.key)).toMatchObject({ lastSeq: 8 });
  });

  it('takes of many messages what it has room for, bad news to the last place', async () => {
    const { url, store, time } = await open({ limit: 10, perMs: 3_600_000 });
    const [bonn, lyon, bern] = [createKey(), createKey(), createKey()];
    const all = (report: Report, key: typeof bonn, count: number): string =>
      Array.from({ length: count }, (_, index) => message(report, key, index + 1)).join('');
    expect((await post(url, all(goodReport(), bonn, 5))).status).toBe(200);
    const some = await post(url, all(goodReport(), lyon, 8));
    expect(some.results).toEqual([...Array(3).fill('stored'), ...Array(5).fill('throttled')]);
    expect(some.retryAfter).toBeGreaterThanOrEqual(3600);
    const bad = await post(url, all(badReport(), bern, 6));
    expect(bad.results).toEqual([...Array(2).fill('stored'), ...Array(4).fill('throttled')]);
    expect(await store.window(time.wall)).toEqual({ stored: 10, critical: 2, refused: 9 });
  });

  it('puts nobody off for more than a day, whatever is posted into a full window', async () => {
    const { url, store, time } = await open({ limit: 1, perMs: 60_000, chance: () => 0 });
    await store.refuse(time.wall, 1_000_000);
    expect((await post(url, message(goodReport(), createKey(), 1))).status).toBe(200);
    expect((await post(url, message(goodReport(), createKey(), 1))).retryAfter).toBe(60 + 86_400);
  });

  it('leaves in the spool what it refuses', async () => {
    const opened = await open({ limit: 10 });
    const bonn = machine(opened, 'bonn-1', [opened.url]);
    for (let count = 0; count < 9; count++) bonn.put(goodReport());
    // Eight are what a window takes of good news.
    expect(await bonn.send()).toMatchObject({ sent: 8, waiting: 1, troubles: [{ why: 'throttled' }] });
    bonn.put(goodReport());
    expect(await bonn.send()).toMatchObject({ sent: 0, waiting: 2, troubles: [] });
  });

  it('takes bad news from a spool that holds good news as well, while that has to wait', async () => {
    const opened = await open({ limit: 10 });
    const other = machine(opened, 'lyon-1', [opened.url]);
    for (let count = 0; count < 8; count++) other.put(goodReport());
    expect(await other.send()).toMatchObject({ sent: 8, waiting: 0 });
    const bonn = machine(opened, 'bonn-1', [opened.url]);
    bonn.put(goodReport());
    bonn.put(badReport());
    expect(await bonn.send()).toMatchObject({ sent: 1, waiting: 1 });
    // The collector has asked to wait, which bad news does not.
    const asked = bonn.spool.notBefore();
    expect(asked).toBeGreaterThan(opened.time.wall);
    bonn.put(goodReport());
    bonn.put(badReport());
    expect(await bonn.send()).toMatchObject({ sent: 1, waiting: 2, troubles: [] });
    expect(bonn.spool.notBefore()).toBe(asked);
    opened.time.wall = asked;
    expect(await bonn.send()).toMatchObject({ sent: 2, waiting: 0 });
  });

  it('is no reason to keep anything from a folder, whatever becomes of bad news', async () => {
    const opened = await open({ limit: 10 });
    const bonn = machine(opened, 'bonn-1', [opened.url, opened.folder]);
    for (let count = 0; count < 10; count++) bonn.put(badReport());
    expect(await bonn.send()).toMatchObject({ sent: 8, waiting: 2 });
    expect(await bonn.send()).toMatchObject({ sent: 2, waiting: 0 });
  });
});

describe('bad posts', () => {
  const raw = (text: string): Promise<string> =>
    new Promise((resolve) => {
      let said = '';
      const socket = connect(world.listening.port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (part) => {
        said += part.toString('latin1');
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(said));
    });

  it('cost no row: forged, malformed, empty, half and strange ones', async () => {
    const { url, store } = await open();
    const text = message(named(goodReport(), 'bonn-1'), createKey(), 1);
    const stolen = text.replace('"bonn-1"', '"lyon-9"');
    expect(stolen).not.toBe(text);
    for (const body of ['', '{}', 'x'.repeat(1000), text.slice(0, -40), stolen, text.split('\n')[0] ?? '']) {
      expect((await post(url, body)).status, body.slice(0, 40)).toBe(400);
    }
    expect(await store.senders({ most: 10 })).toEqual([]);
    expect(await store.window(world.time.wall)).toEqual({ stored: 0, critical: 0, refused: 0 });
  });

  it('do not take good ones with them', async () => {
    const { url } = await open();
    const [one, other] = [createKey(), createKey()];
    const forged = message(named(goodReport(), 'bonn-1'), one, 1).replace('"bonn-1"', '"lyon-9"');
    expect((await post(url, forged + message(goodReport(), other, 1))).results).toEqual(['invalid', 'stored']);
  });

  it('of one address are not even read after some', async () => {
    const { url } = await open();
    for (let count = 0; count < 10; count++) await post(url, 'x');
    expect(await post(url, message(goodReport(), createKey(), 1))).toMatchObject({ status: 429 });
    world.time.wall += 60_000;
    expect((await post(url, message(goodReport(), createKey(), 1))).status).toBe(200);
  });

  it('of one address keep nobody of another one out, however many names they make up', async () => {
    const { url } = await open();
    const from = (address: string) => ({ 'x-forwarded-for': address });
    for (let count = 0; count < 11; count++) await post(url, 'x', from('192.0.2.66'));
    expect((await post(url, message(goodReport(), createKey(), 1), from('192.0.2.66'))).status).toBe(429);
    expect((await post(url, message(goodReport(), createKey(), 1), from('192.0.2.7'))).status).toBe(200);
  });

  it('of one key take nothing from another that comes with it, or from the same one elsewhere', async () => {
    const { url } = await open();
    const [mad, calm] = [createKey(), createKey()];
    const text = message(goodReport(), mad, 1);
    for (let count = 0; count < 60; count++) await post(url, text);
    const both = await post(url, text + message(goodReport(), calm, 1));
    expect(both).toMatchObject({ status: 200, results: ['throttled', 'stored'], retryAfter: 60 });
    // Somebody may have read what the key signed, and says it again and again.
    expect((await post(url, message(goodReport(), mad, 2), { 'x-forwarded-for': '192.0.2.7' })).results).toEqual([
      'stored',
    ]);
  });

  it('of a page that a browser shows are not taken, whatever name it leads here by', async () => {
    const { url, store } = await open();
    for (const origin of ['http://evil.example', 'null', url]) {
      expect(await post(url, message(goodReport(), createKey(), 1), { origin })).toMatchObject({ status: 403 });
    }
    expect(await store.senders({ most: 10 })).toEqual([]);
  });

  it('of one key are too many after some', async () => {
    const { url } = await open();
    const key = createKey();
    const text = message(goodReport(), key, 1);
    for (let count = 0; count < 60; count++) expect((await post(url, text)).status).toBe(200);
    expect((await post(url, text)).status).toBe(429);
  });

  it('are too large, unpack to too much, or never end', async () => {
    const { url } = await open();
    const giant = await post(url, 'x'.repeat(mostBody + 1)).catch(() => ({ status: 413 }));
    expect(giant.status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(mostBody);
    expect((await post(url, bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  it('are no gzip, or half of one', async () => {
    const { url } = await open();
    const packed = gzipSync(message(goodReport(), createKey(), 1));
    for (const body of [packed.subarray(0, -20), Buffer.from('no gzip at all'), packed.subarray(40)]) {
      expect((await post(url, body, { 'content-encoding': 'gzip' })).status).toBe(400);
    }
    expect((await post(url, packed, { 'content-encoding': 'gzip' })).status).toBe(200);
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
    const endless = `POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n${chunk.repeat(20)}`;
    expect(await raw(endless)).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('hold too many messages', async () => {
    const { url } = await open();
    expect((await post(url, '{"signature":{}}\n'.repeat(501))).status).toBe(413);
  });

  it('have large headers, another type, another coding or another verb', async () => {
    const { url } = await open();
    expect(await raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(10_000)}\r\n\r\n`)).toBe('');
    expect((await post(url, 'x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(url, 'x', { 'content-type': 'text/plain; x=application/x-ndjson' })).status).toBe(415);
    for (const type of ['application/x-ndjson; charset=utf-8', 'Application/X-NDJSON ;charset="utf-8"']) {
      expect((await post(url, message(goodReport(), createKey(), 1), { 'content-type': type })).status).toBe(200);
    }
    expect((await post(url, 'x', { 'content-encoding': 'br' })).status).toBe(415);
    expect((await fetch(`${url}/v1/messages`)).status).toBe(405);
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405);
  });

  it('hold a character that no database of text holds', async () => {
    const { url } = await open();
    const report = { ...goodReport(), labels: { site: 'a\u0000b' } };
    expect((await post(url, message(report, createKey(), 1))).status).toBe(400);
  });

  it('carry names with markup and escapes, which stay text', async () => {
    const { url } = await open();
    const name = '<script>alert(1)</script>\u001b[31m"\u202e=1+1';
    const report = named(badReport(), name, { labels: { site: name, '=cmd': name } });
    const key = createKey();
    const two = message(report, key, 1) + message(report, key, 2, { detail: 'full' });
    expect((await post(url, two)).results).toEqual(['stored', 'stored']);
    const own = `/machines/${key.fingerprint}`;
    for (const path of [
      '/',
      `/?q=${encodeURIComponent(name)}`,
      ...[`${own}/`, `${own}/report`, `${own}/api/report`, `${own}/api/incidents`, `${own}/api/history`],
      '/?lang=ja',
      '/api/fleet',
      '/api/machines',
      '/api/machines.csv',
      '/api/messages',
      '/api/messages.csv',
      '/api/audit',
      '/audit',
      '/metrics',
    ]) {
      const answer = await fetch(`${url}${path}`);
      const text = await answer.text();
      expect(answer.status).toBe(200);
      expect(text, path).not.toMatch(/[\u0000-\u0009\u000b\u000c\u000e-\u001f\u202e]/);
      if (answer.headers.get('content-type')?.startsWith('text/html')) expect(text, path).not.toContain('<script>al');
    }
    for (const command of ['machines', 'audit']) {
      const { code, stdout } = await wayclear(['collect', command, '--store', join(world.folder, 'fleet.db')]);
      expect(code).toBe(0);
      expect(stdout).toContain('alert(1)');
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    }
    // As the interface has it, which a schema describes; whoever is silent is so by the clock of whoever lists.
    const listed = await wayclear(['collect', 'machines', '--json', '--store', join(world.folder, 'fleet.db')]);
    const lines = (await (await fetch(`${url}/api/machines`)).text()).trimEnd().split('\n');
    expect(JSON.parse(listed.stdout)).toEqual(lines.map((line) => ({ ...JSON.parse(line), silent: true })));
  });
});

describe('a store that is away', () => {
  it('acknowledges nothing, and says when to come again', async () => {
    let away = true;
    const wrap = (store: Store): Store => ({
      ...store,
      transaction: async (work) => {
        if (away) throw new StoreTrouble('store.no-server', { place: 'postgres://x' });
        return await store.transaction(work);
      },
    });
    const opened = await open({}, wrap);
    const bonn = machine(opened, 'bonn-1', [opened.url]);
    bonn.put(badReport());
    expect(await bonn.send()).toMatchObject({ sent: 0, waiting: 1, troubles: [{ why: 'HTTP 503' }] });
    expect(opened.troubles).toHaveLength(1);
    away = false;
    expect(await bonn.send()).toMatchObject({ sent: 1, waiting: 0 });
  });
});

describe('the view of the fleet', () => {
  it('shows what another collector of the store took', async () => {
    const { folder, collector, time } = await open();
    const other = await openWorld({}, (store) => store, join(folder, 'fleet.db'));
    const key = createKey();
    await post(other.url, message(named(goodReport(), 'bonn-1'), key, 1));
    expect((await collector.fleet()).diagnosis.machines).toMatchObject({ all: 1, fine: 1 });
    await post(other.url, message(named(badReport(), 'bonn-1'), key, 2));
    time.wall += 10_000;
    expect((await collector.fleet()).diagnosis.machines).toMatchObject({ all: 1, fine: 0 });
    await other.close();
  });

  it('has a machine that sends while it is read', async () => {
    const key = createKey();
    let sends = 0;
    const wrap = (store: Store): Store => ({
      ...store,
      async lastMessages(keys) {
        sends += 1;
        if (sends === 1) await post(world.url, message(named(badReport(), 'bonn-1'), key, 2));
        return await store.lastMessages(keys);
      },
    });
    const { url, collector } = await open({}, wrap);
    await post(url, message(named(goodReport(), 'bonn-1'), key, 1));
    const { looks, diagnosis } = await collector.fleet();
    expect(looks.map(({ name }) => name)).toEqual(['bonn-1']);
    expect(diagnosis.causes).toMatchObject([{ cause: 'dns.no-resolver', machines: ['bonn-1'] }]);
  });

  it('comes all the same where a message is missing that ought to be there', async () => {
    const { url, collector } = await open({}, (store) => ({ ...store, lastMessages: async () => [] }));
    await post(url, message(named(badReport(), 'bonn-1'), createKey(), 1));
    const { looks, senders } = await collector.fleet();
    expect([looks, senders.map(({ name }) => name)]).toEqual([[], ['bonn-1']]);
  });

  it('explains the same looks once, and others anew', async () => {
    const { url, collector, time } = await open();
    const key = createKey();
    await post(url, message(named(goodReport(), 'bonn-1'), key, 1));
    const view = async () => {
      time.wall += 10_000;
      return await collector.fleet();
    };
    const { at, diagnosis } = await view();
    const next = await view();
    expect(next.at).toBe(at + 10_000);
    expect(next.diagnosis).toBe(diagnosis);
    await post(url, message(named(badReport(), 'bonn-1'), key, 2));
    expect((await view()).diagnosis.causes).toMatchObject([{ machines: ['bonn-1'] }]);
    await post(url, message(named(badReport(), 'bonn-2'), createKey(), 1));
    expect((await view()).diagnosis.causes).toMatchObject([{ machines: ['bonn-1', 'bonn-2'] }]);
  });

  it('is read and shown once for nobody, so that who asks first waits for neither', async () => {
    const did: string[] = [];
    const wrap = (store: Store): Store => ({
      ...store,
      senders(choice) {
        did.push('read');
        return store.senders(choice);
      },
    });
    const languageFor = (asked: string | null) => {
      did.push(`said in ${asked}`);
      return wordsIn('en');
    };
    const { collector, url } = await open({ languageFor, readTokens: ['secret'] }, wrap);
    await collector.prepare();
    expect(did).toEqual(['read', 'said in null']);
    expect((await fetch(`${url}/?lang=en`, { headers: { authorization: 'Bearer secret' } })).status).toBe(200);
    expect(did).toEqual(['read', 'said in null', 'said in en']);
  });

  it('reads each list of endpoints once, however many machines saw it', async () => {
    const asked: number[] = [];
    const wrap = (store: Store): Store => ({
      ...store,
      lastMessages(keys) {
        asked.push(keys.length);
        return store.lastMessages(keys);
      },
    });
    const { url, collector, time } = await open({}, wrap);
    const keys = [1, 2, 3, 4].map(() => createKey());
    for (const [index, key] of keys.entries()) {
      await post(url, message(named(index === 3 ? badReport() : goodReport(), `bonn-${index}`), key, 1));
    }
    const view = async () => {
      time.wall += 10_000;
      return await collector.fleet();
    };
    expect((await view()).diagnosis.machines).toMatchObject({ all: 4, fine: 3 });
    expect(asked).toEqual([2]);
    await view();
    expect(asked).toEqual([2]);
    // Nobody sees that list now; whoever does so later is read again.
    for (const [seq, report] of [
      [2, goodReport()],
      [3, badReport()],
    ] as const) {
      await post(url, message(named(report, 'bonn-3'), keys[3] ?? createKey(), seq));
      await view();
    }
    expect(asked).toEqual([2, 1]);
    expect((await view()).diagnosis.causes).toMatchObject([{ machines: ['bonn-3'] }]);
  });
});

describe('a collector that is out of reach for long', () => {
  it('gets bad news when it is back, and is told how much good news was let go of meanwhile', async () => {
    let away = true;
    const wrap = (store: Store): Store => ({
      ...store,
      transaction: async (work) => {
        if (away) throw new StoreTrouble('store.no-server', { place: 'postgres://x' });
        return await store.transaction(work);
      },
    });
    const opened = await open({}, wrap);
    const probe = machine(opened, 'probe', [opened.url]);
    probe.put(goodReport());
    const one = probe.spool.waiting()[0]?.bytes ?? 0;
    // Some six messages have room, whichever they are.
    const bounds = { mostBytes: 6 * one, mostAgeMs: 30 * 86_400_000 };
    const bonn = machine(opened, 'bonn-1', [opened.url], [], bounds);
    let put = 0;
    for (let round = 0; round < 12; round += 1) {
      for (const report of [goodReport(), ...(round % 4 === 0 ? [badReport()] : [])]) {
        bonn.put(report);
        put += 1;
      }
      expect(await bonn.send()).toMatchObject({ sent: 0, refused: 0 });
      opened.time.wall += 3_600_000;
    }
    const waiting = bonn.spool.waiting();
    expect(waiting.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(bounds.mostBytes);
    expect(waiting.filter(({ critical }) => critical)).toHaveLength(3);
    away = false;
    // One more, that everything is told.
    bonn.put(goodReport());
    put += 1;
    const { sent } = await bonn.send();
    expect(bonn.spool.waiting()).toEqual([]);
    const sender = await opened.store.sender(bonn.key.key);
    expect(put - sent).toBeGreaterThan(5);
    // What the last one pushed out is for the next one to tell.
    expect((sender?.dropped ?? 0) + bonn.spool.dropped()).toBe(put - sent);
    const said = `its spool let go of ${sender?.dropped} messages`;
    expect(await (await fetch(opened.url)).text()).toContain(said);
    expect(await (await fetch(`${opened.url}/api/machines`)).text()).toContain(`"dropped":${sender?.dropped}`);
  });
});

describe('reading', () => {
  it('shows the fleet in four languages, its matrix, who is silent, and what a search finds', async () => {
    const { url, time } = await open();
    for (const [name, report] of [
      ['bonn-1', badReport()],
      ['bonn-2', badReport()],
      ['aix-1', goodReport()],
    ] as const) {
      await post(url, message(named(report, name, { labels: { site: name.slice(0, -2) } }), createKey(), 1));
    }
    const page = await (await fetch(url)).text();
    for (const text of ['dns.no-resolver', 'everything with site bonn', '<th scope="row">aix</th>', 'bonn-1'])
      expect(page).toContain(text);
    expect(page).not.toMatch(/<script|javascript:|undefined|\[object/);
    for (const [query, name, other] of [
      ['aix', 'aix-1', 'bonn-1'],
      ['NO-RESOLVER', 'bonn-1', 'aix-1'],
    ] as const) {
      const found = await (await fetch(`${url}/?q=${query}`)).text();
      const machines = found.slice(found.indexOf('id="machines"'));
      expect(machines).toContain(`>${name}</a></th>`);
      expect(machines).not.toContain(`>${other}</a></th>`);
    }
    for (const [lang, heading] of [
      ['fr', 'Machines muettes'],
      ['ja', '報告のないマシン'],
      ['nl', 'Stille machines'],
    ] as const) {
      expect(await (await fetch(`${url}/?lang=${lang}`)).text()).toContain(heading);
    }
    time.wall += 27 * 3_600_000;
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('wayclear_fleet_machines{state="silent"} 3');
    expect(metrics).toContain('wayclear_fleet_machines{state="fine"} 0');
    // Nobody knows how Aix is now; what Bonn said last is still said.
    const later = await (await fetch(url)).text();
    expect(later).toMatch(/<th scope="row">aix<\/th>(?:<td class="none">–<\/td>)+<td class="some">1<\/td>/);
    expect(later).toMatch(/<th scope="row">bonn<\/th>.*<td class="bad">.*<td class="some">2<\/td>/);
  });

  it('says of what is broken what else exactly these machines share', async () => {
    const { url } = await open();
    for (const [name, report] of [
      ['bonn-1', badReport()],
      ['bonn-2', badReport()],
      ['aix-1', goodReport()],
    ] as const) {
      const site = name.slice(0, -2);
      await post(url, message(named(report, name, { labels: { site, floor: `of ${site}` } }), createKey(), 1));
    }
    const page = await (await fetch(url)).text();
    expect(page).toContain('everything with site bonn');
    expect(page).toContain('<p><b>Or by: </b>floor of bonn</p>');
  });

  it('shows a machine as its watch would: what is open and was, thirty days, times, the report', async () => {
    const { url, time } = await open();
    const key = createKey();
    const reports = [goodReport(), badReport(), badReport(), goodReport(), goodReport(), badReport()];
    for (const [index, made] of reports.entries()) {
      const startedAt = new Date(time.wall).toISOString();
      const report = named(made, 'bonn-1', { startedAt });
      await post(url, message(report, key, index + 1, { detail: 'full', at: startedAt }));
      time.wall += 86_400_000;
    }
    const base = `${url}/machines/${key.fingerprint}`;
    const page = await (await fetch(`${base}/?lang=fr`)).text();
    for (const text of ['Surveillance de bonn-1', 'dns.no-resolver', 'href="../../?lang=fr"', 'href="report?lang=fr"'])
      expect(page).toContain(text);
    expect(page).not.toMatch(/<script|undefined|\[object/);
    expect(await (await fetch(`${base}/report`)).text()).toContain('<title>');
    const incidents = (await (await fetch(`${base}/api/incidents`)).json()) as Record<string, { cause: string }[]>;
    expect(incidents['open']).toMatchObject([{ cause: 'dns.no-resolver', openedAt: '2026-12-05T08:00:00.000Z' }]);
    expect(incidents['closed']).toMatchObject([{ openedAt: '2026-12-01T08:00:00.000Z' }]);
    const history = (await (await fetch(`${base}/api/history`)).json()) as { readonly looks: readonly unknown[] };
    expect(history.looks).toHaveLength(6);
    // A day after the last one was due.
    expect(page).not.toContain('est en retard');
    time.wall += 86_400_000;
    expect(await (await fetch(`${base}/?lang=fr`)).text()).toContain('est en retard');
    expect((await fetch(`${url}/machines/0123456789abcdef/`)).status).toBe(404);
  });

  it('shows of a machine what it saw last, though an older report comes in later', async () => {
    const { url } = await open();
    const key = createKey();
    for (const [seq, made, startedAt] of [
      [5, goodReport(), '2026-11-30T07:50:00.000Z'],
      [3, badReport(), '2026-11-29T07:50:00.000Z'],
    ] as const) {
      const text = message(named(made, 'bonn-1', { startedAt }), key, seq, { detail: 'full', at: startedAt });
      expect((await post(url, text)).results).toEqual(['stored']);
    }
    const base = `${url}/machines/${key.fingerprint}`;
    const page = await (await fetch(`${base}/`)).text();
    expect(page).toContain('Last look 2026-11-30 07:50Z');
    expect(await (await fetch(`${base}/report`)).text()).not.toContain('dns.no-resolver');
    const history = (await (await fetch(`${base}/api/history`)).json()) as { readonly looks: readonly unknown[] };
    // What was measured stays, and says that it was late.
    expect(history.looks).toMatchObject([
      { kind: 'late', startedAt: Date.parse('2026-11-29T07:50:00.000Z') },
      { kind: 'collected', startedAt: Date.parse('2026-11-30T07:50:00.000Z') },
    ]);
  });

  it('shows of a machine that sends summaries what they say', async () => {
    const { url } = await open();
    const key = createKey();
    await post(url, message(named(badReport(), 'bonn-1'), key, 1));
    const base = `${url}/machines/${key.fingerprint}`;
    const page = await (await fetch(`${base}/`)).text();
    for (const text of ['One incident is open.', 'dns.no-resolver', 'Last look 2026-11-29 23:10Z']) {
      expect(page).toContain(text);
    }
    expect(page).not.toContain('href="report');
    expect((await fetch(`${base}/report`)).status).toBe(404);
  });

  it('counts a machine as silent by its own interval, where it said one, and two hours of grace', async () => {
    const { url, collector, time } = await open();
    const silent = async (): Promise<readonly string[]> => (await collector.fleet()).silent.map(({ name }) => name);
    const hour = 3_600_000;
    for (const [name, everyMs] of [
      ['hourly', hour],
      ['weekly', 168 * hour],
      ['by hand', null],
    ] as const) {
      const sending = { key: createKey(), seq: 1, at: '2026-11-30T08:00:00.000Z', detail: 'summary' as const };
      const text = messageOf(named(goodReport(), name), {
        ...{ ...sending, dropped: 0, everyMs, token: null, version: '0.0.0' },
      });
      expect((await post(url, text)).results).toEqual(['stored']);
    }
    time.wall += 3 * hour;
    expect(await silent()).toEqual([]);
    time.wall += 1;
    // What was read is shown for some seconds.
    time.wall += 10_000;
    expect(await silent()).toEqual(['hourly']);
    time.wall += 24 * hour;
    expect([...(await silent())].sort()).toEqual(['by hand', 'hourly']);
    const lines = (await (await fetch(`${url}/api/machines`)).text()).trim().split('\n');
    const machines = lines.map((line) => JSON.parse(line) as CollectedMachine);
    expect(machines.map(({ name, everyMs, silent: isSilent }) => [name, everyMs, isSilent]).sort()).toEqual([
      ['by hand', null, true],
      ['hourly', hour, true],
      ['weekly', 168 * hour, false],
    ]);
    const rows = (await (await fetch(`${url}/api/machines.csv`)).text()).trim().split(/\r?\n/);
    expect(rows.map((row) => row.split(',').slice(-2).join()).sort()).toEqual(
      [',true', `${hour},true`, `${168 * hour},false`, 'every ms,silent'].sort(),
    );
    time.wall += 168 * hour;
    expect(await silent()).toHaveLength(3);
  });

  it('exports all that is kept as lines of JSON and as CSV, each as its schema says', async () => {
    const { url, store } = await open();
    const key = createKey();
    const name = '=cmd|/c calc';
    for (const seq of [1, 2]) await post(url, message(named(badReport(), name, { labels: { site: '@x' } }), key, seq));
    await store.addAudit({ at: 1, what: 'token', fingerprint: '', detail: 'abc', actor: '+root' });
    await store.addAudit({ at: 1, what: 'token', fingerprint: '', detail: 'def', actor: '+root' });
    const lines = async (path: string): Promise<readonly string[]> =>
      (await (await fetch(`${url}/api/${path}`)).text()).trim().split(/\r?\n/);
    for (const [path, count, shape] of [
      ['machines', 1, collectedMachine],
      ['messages', 2, collectedLook],
      ['audit', 3, collectedAudit],
    ] as const) {
      const said = (await lines(path)).map((line) => JSON.parse(line) as unknown);
      expect(said).toHaveLength(count);
      for (const one of said) expect(faultsOf(shape, one)).toEqual([]);
      const [head = '', ...rows] = await lines(`${path}.csv`);
      expect(head).toMatch(/^[a-z0-9 ]+(,[a-z0-9 ]+)+$/);
      expect(rows).toHaveLength(count);
      expect(rows.join(',')).not.toMatch(/(^|,)"?[=+@]/);
    }
    expect(await (await fetch(`${url}/audit?lang=nl`)).text()).toContain('token gemaakt');
  });

  it('exports row by row', async () => {
    const { store } = await open();
    for (const at of [1, 2, 3]) await store.addAudit({ at, what: 'token', fingerprint: '', detail: 'abc', actor: '' });
    for (const path of ['/api/audit', '/api/audit.csv']) {
      const parts: string[] = [];
      const body = exported(store, path, { now: 0, silentAfterMs: 0 })?.body;
      if (typeof body !== 'object') throw new Error('an export comes in parts');
      for await (const part of body) parts.push(part);
      expect(parts.map((part) => part.trimEnd().split('\n').length)).toEqual(parts.map(() => 1));
    }
  });

  it('is searched for as many characters as it takes, and for half of none', async () => {
    const { url } = await open();
    expect((await fetch(`${url}/?q=${'x'.repeat(99)}${encodeURIComponent('😀😀')}`)).status).toBe(200);
  });

  it('asks for a token where there is one', async () => {
    const { url } = await open({ readTokens: ['correct horse'] });
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: `Basic ${btoa('me:correct horse')}` } })).status).toBe(200);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('hears nobody who guesses for the rest of a minute', async () => {
    const { url, time } = await open({ readTokens: ['correct horse'] });
    const shows = async (token: string): Promise<number> =>
      (await fetch(url, { headers: { authorization: `Basic ${btoa(`me:${token}`)}` } })).status;
    for (let guess = 0; guess < 10; guess++) expect(await shows(`horse ${guess}`)).toBe(401);
    expect(await shows('correct horse')).toBe(429);
    time.wall += 60_000;
    expect(await shows('correct horse')).toBe(200);
  });

  it('lets no page lead a browser here by a name of its own', async () => {
    const { url } = await open();
    const status = await new Promise((resolve, reject) => {
      get(url, { headers: { host: 'evil.example' } }, ({ statusCode }) => resolve(statusCode)).on('error', reject);
    });
    expect(status).toBe(401);
  });

  it('lets no page be framed, and no script run', async () => {
    const { url } = await open();
    const policy = (await fetch(url)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});
