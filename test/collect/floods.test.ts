/** Whoever floods a collector fills neither its disk nor its list, and keeps nobody out. */
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mostNew, mostWaiting } from '../../src/collect/let-in.ts';
import { mostOfStrangers } from '../../src/collect/posters.ts';
import { mostUnpacked } from '../../src/collect/read-message.ts';
import { coverHeader } from '../../src/send/message.ts';
import { createKey } from '../../src/signed/keys.ts';
import { signLines } from '../../src/signed/signed-lines.ts';
import { badReport, coverFor, goodReport, machine, message, named, openWorld, post, type World } from './world.ts';

let world: World;
const open = async (...given: Parameters<typeof openWorld>): Promise<World> => {
  world = await openWorld(...given);
  return world;
};
afterEach(async () => {
  expect(world.faults).toEqual([]);
  expect(world.troubles).toEqual([]);
  await world.close();
});

/** As a proxy on this machine says of those behind it. */
const from = (address: string): Readonly<Record<string, string>> => ({ 'x-forwarded-for': address });
const token = { id: '0123456789ab', secret: 'x'.repeat(32) };

describe('a flood', () => {
  it('of keys that nobody knows fills a bounded list, and leaves neither messages nor an account of each', async () => {
    const { url, store, collector, time } = await open({ acceptNew: false });
    await store.putToken({ ...token, until: time.wall + 1000, usedBy: null });
    const report = named(badReport(), 'evil-1');
    const flood = Array.from({ length: 12 }, async (_, address) => {
      const statuses: number[] = [];
      for (let nth = 0; nth < 12; nth += 1) {
        const body = Array.from({ length: 20 }, () => message(report, createKey(), 1)).join('');
        const refused = post(url, body, from(`203.0.113.${address}`)).then(({ status }) => status);
        // Whose body is not even read may lose the answer with the connection.
        statuses.push(await refused.catch(() => 429));
      }
      expect(statuses.filter((status) => status !== 403 && status !== 429)).toEqual([]);
      expect(statuses.filter((status) => status === 403).length).toBeLessThanOrEqual(10);
    });
    const own = await post(url, message(goodReport(), createKey(), 1, { token }), from('192.0.2.1'));
    expect(own).toMatchObject({ status: 200, results: ['stored'] });
    await Promise.all(flood);
    expect(await store.waitingSenders()).toHaveLength(mostWaiting);
    expect((await store.audits({ most: 100_000 })).length).toBeLessThanOrEqual(mostWaiting + 1);
    expect((await store.window(time.wall)).stored).toBe(1);
    expect((await collector.fleet()).looks).toHaveLength(1);
    expect((await collector.fleet()).diagnosis.causes).toEqual([]);
  }, 180_000);

  it('of keys in one post costs the rows of few, and no turn of who is known', async () => {
    const { url, store } = await open({ acceptNew: false });
    const [own, one] = [createKey(), createKey()];
    const keys = [one, one, ...Array.from({ length: 3 * mostNew }, createKey)];
    const body = keys.map((key, index) => message(goodReport(), key, index + 1)).join('');
    for (const nth of [1, 2]) {
      expect((await post(url, body, from('203.0.113.1'))).results).toEqual(keys.map(() => 'waiting'));
      expect(await store.waitingSenders()).toHaveLength(nth * mostNew);
    }
    // Whoever waits is heard as soon as it is let in, in the same post too.
    const sender = await store.sender(one.key);
    if (sender === null) throw new Error('it waits');
    await store.putSender({ ...sender, state: 'admitted' });
    const results = (await post(url, body + message(goodReport(), own, 1), from('203.0.113.1'))).results;
    expect(results).toEqual(['stored', 'stored', ...Array(3 * mostNew + 1).fill('waiting')]);
  });

  it('of strangers is read beside what those say who are known, who wait for none of it', async () => {
    const { url, store, time } = await open({ acceptNew: false });
    await store.putToken({ ...token, until: time.wall + 1000, usedBy: null });
    const [own, mad] = [createKey(), createKey()];
    const head = { wayclear: '0', schema: 1, kind: 'report', key: mad.key, at: '2026-11-30T08:00:00.000Z' };
    const one = signLines([{ ...head, sequence: 1, machine: 'x', detail: 'summary', dropped: 0 }, {}], mad).text;
    let ended = 0;
    const strangers = Array.from({ length: 6 }, async (_, nth) => {
      await post(url, one.repeat(500), from(`203.0.113.${nth}`));
      ended += 1;
    });
    // All of them are there.
    await Promise.race(strangers);
    const text = message(goodReport(), own, 1, { token });
    const answer = await post(url, text, { ...from('192.0.2.1'), ...coverFor(text, own, token) });
    expect(answer.results).toEqual(['stored']);
    expect(ended).toBeLessThan(6);
    await Promise.all(strangers);
  });

  it('with a stolen key is held back, takes no more than the limit, and nothing once the key is shut out', async () => {
    const { url, store, time } = await open({ limit: 100 });
    const stolen = createKey();
    await post(url, message(named(goodReport(), 'bonn-1'), stolen, 1));
    let seq = 2;
    const evil = (): Promise<{ readonly status: number }> => {
      const body = Array.from({ length: 10 }, (_, index) => message(badReport(), stolen, seq + index)).join('');
      seq += 10;
      return post(url, body, from('203.0.113.9'));
    };
    const statuses = [];
    for (let count = 0; count < 70; count += 1) statuses.push((await evil()).status);
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(10);
    expect(statuses.slice(60).every((status) => status === 429)).toBe(true);
    expect((await store.window(time.wall)).stored).toBeLessThanOrEqual(100);
    const sender = await store.sender(stolen.key);
    if (sender === null) throw new Error('it was here');
    await store.putSender({ ...sender, state: 'revoked' });
    time.wall += 3_600_000;
    expect((await evil()).status).toBe(403);
    expect(await store.window(time.wall)).toEqual({ stored: 0, critical: 0, refused: 0 });
    expect((await post(url, message(goodReport(), createKey(), 1))).results).toEqual(['stored']);
  }, 60_000);

  it('of conflicts leaves one line in the account', async () => {
    const { url, store } = await open();
    const key = createKey();
    await post(url, message(named(goodReport(), 'bonn-1'), key, 1));
    for (let count = 0; count < 8; count += 1) {
      world.time.wall += 1;
      await post(url, message(named(badReport(), `lyon-${count}`), key, 1));
    }
    expect((await store.sender(key.key))?.conflicts).toBe(8);
    expect((await store.audits({ most: 100 })).map(({ what }) => what).sort()).toEqual(['conflict', 'enrolled']);
  });
});

describe('who is let in', () => {
  const there = from('192.0.2.66');
  const bad = async (url: string, count: number, headers = there): Promise<void> => {
    for (let nth = 0; nth < count; nth += 1) await post(url, 'x', headers);
  };

  it('gets through whatever a neighbour at its address sends, with its token too; nobody else does', async () => {
    const { url, store, time } = await open({ acceptNew: false });
    await store.putToken({ ...token, until: time.wall + 1000, usedBy: null });
    const [own, mad] = [createKey(), createKey()];
    await bad(url, 10);
    const first = message(goodReport(), own, 1, { token });
    expect((await post(url, first, there)).status).toBe(429);
    expect((await post(url, first, { ...there, ...coverFor(first, own, token) })).results).toEqual(['stored']);
    const next = message(badReport(), own, 2);
    expect((await post(url, next, there)).status).toBe(429);
    expect((await post(url, next, { ...there, ...coverFor(next, own) })).results).toEqual(['stored']);
    // A key that somebody made up, a token of another secret, and a name that is not its own.
    const other = message(goodReport(), mad, 1);
    const lie = Buffer.from(String(coverFor(other, mad)[coverHeader]), 'base64url').toString();
    for (const cover of [
      coverFor(other, mad),
      coverFor(other, mad, { ...token, secret: 'y'.repeat(32) }),
      { [coverHeader]: Buffer.from(lie.replaceAll(mad.key, own.key)).toString('base64url') },
      { [coverHeader]: Buffer.from(lie.replace(mad.key, own.key)).toString('base64url') },
      { [coverHeader]: 'x'.repeat(6000) },
      { [coverHeader]: '' },
    ]) {
      expect((await post(url, other, { ...there, ...cover })).status).toBe(429);
    }
    const sender = await store.sender(own.key);
    if (sender === null) throw new Error('it was here');
    await store.putSender({ ...sender, state: 'revoked' });
    expect((await post(url, next, { ...there, ...coverFor(next, own) })).status).toBe(429);
  });

  it('is read through a proxy that packs its posts anew, as one that nobody knows', async () => {
    const { url } = await open();
    const key = createKey();
    const first = message(goodReport(), key, 1);
    expect((await post(url, first, coverFor(first, key))).results).toEqual(['stored']);
    const [second, third] = [message(badReport(), key, 2), message(goodReport(), key, 3)];
    // Unpacked, and in fewer or more bytes.
    expect((await post(url, second, coverFor(gzipSync(second), key))).results).toEqual(['stored']);
    const anew = { ...coverFor(gzipSync(third), key), 'content-encoding': 'gzip' };
    expect((await post(url, gzipSync(third, { level: 1 }), anew)).results).toEqual(['stored']);
    await bad(url, 10);
    expect((await post(url, third, { ...there, ...coverFor(gzipSync(third), key) })).status).toBe(429);
    expect((await post(url, third, { ...there, ...coverFor(third, key) })).results).toEqual(['duplicate']);
  });

  it('is not read in its name where somebody says again what it said, and is not shut out by that', async () => {
    const { url } = await open();
    const key = createKey();
    const text = message(goodReport(), key, 1);
    const cover = coverFor(text, key);
    expect((await post(url, text, cover)).results).toEqual(['stored']);
    const bomb = gzipSync(Buffer.alloc(mostUnpacked + 1));
    const again = { ...cover, 'content-encoding': 'gzip' };
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await post(url, bomb, again)).status);
    expect(statuses).toEqual([413, 413, 413, 413, 429, 429]);
    const next = message(goodReport(), key, 2);
    expect((await post(url, next, coverFor(next, key))).results).toEqual(['stored']);
    expect((await post(url, message(goodReport(), createKey(), 1), from('192.0.2.7'))).results).toEqual(['stored']);
  }, 60_000);

  it('sends by itself what proves who it is', async () => {
    const opened = await open();
    const bonn = machine(opened, 'bonn-1', [opened.url]);
    bonn.put(goodReport());
    expect(await bonn.send()).toMatchObject({ sent: 1 });
    await bad(opened.url, 10, {});
    expect((await post(opened.url, message(goodReport(), createKey(), 1))).status).toBe(429);
    bonn.put(goodReport());
    expect(await bonn.send()).toMatchObject({ sent: 1, waiting: 0, troubles: [] });
  });

  it('is heard when strangers everywhere have cost as much together as they may', async () => {
    const { url, time } = await open();
    const own = createKey();
    const text = message(goodReport(), own, 1);
    expect((await post(url, text)).results).toEqual(['stored']);
    const bomb = gzipSync(Buffer.alloc(mostUnpacked + 1));
    const packed = { 'content-encoding': 'gzip' };
    const ofOne = async (address: string): Promise<readonly number[]> => {
      const statuses = [];
      for (let count = 0; count < 5; count += 1) {
        statuses.push((await post(url, bomb, { ...from(address), ...packed })).status);
      }
      return statuses;
    };
    for (let address = 0; address < mostOfStrangers / (4 * mostUnpacked); address += 1) {
      expect(await ofOne(`203.0.113.${address}`), `${address}`).toEqual([413, 413, 413, 413, 429]);
    }
    const stranger = message(goodReport(), createKey(), 1);
    expect(await post(url, stranger, from('198.51.100.1'))).toMatchObject({ status: 429, retryAfter: 90 });
    const next = message(goodReport(), own, 2);
    expect((await post(url, next, { ...from('198.51.100.2'), ...coverFor(next, own) })).results).toEqual(['stored']);
    time.wall += 60_000;
    expect((await post(url, stranger, from('198.51.100.1'))).results).toEqual(['stored']);
  }, 60_000);

  it('is told its turn while the window is full, however many new machines share an address', async () => {
    const { url, time } = await open({ limit: 10, perMs: 3_600_000 });
    const fill = createKey();
    for (let seq = 1; seq <= 10; seq += 1) {
      expect((await post(url, message(badReport(), fill, seq))).status).toBe(200);
    }
    const text = (): string => {
      const key = createKey();
      return Array.from({ length: 10 }, (_, index) => message(goodReport(), key, index + 1)).join('');
    };
    const left = 3600 - (time.wall % 3_600_000) / 1000;
    for (let machine = 0; machine < 40; machine += 1) {
      const answer = await post(url, text(), there);
      expect(answer).toMatchObject({ status: 429 });
      // No earlier than the next window, in place of once a minute until then.
      expect(answer.retryAfter, `${machine}`).toBeGreaterThanOrEqual(left);
    }
  }, 60_000);

  it('costs nobody more at once than one after the other', async () => {
    const { url } = await open();
    const bomb = gzipSync(Buffer.alloc(mostUnpacked + 1));
    const headers = { ...there, 'content-encoding': 'gzip' };
    const statuses = await Promise.all(Array.from({ length: 40 }, async () => (await post(url, bomb, headers)).status));
    expect(statuses.filter((status) => status === 413)).toHaveLength(4);
    expect(statuses.filter((status) => status === 429)).toHaveLength(36);
  }, 60_000);
});

describe('messages', () => {
  it('that come twice, in any order, from the past and the future, are each kept once and counted once', async () => {
    const { url, store, collector, time } = await open();
    const keys = Array.from({ length: 3 }, createKey);
    const all = keys.flatMap((key, index) =>
      Array.from({ length: 30 }, (_, nth) => {
        const last = nth === 29;
        const at = nth % 2 === 0 ? '1970-01-01T00:00:00.000Z' : '2999-01-01T00:00:00.000Z';
        // The last numbers are far ahead, as those of a clock that was wrong.
        const seq = last ? Number.MAX_SAFE_INTEGER - 1 : nth + 1;
        return message(named(last ? goodReport() : badReport(), `pc-${index}`), key, seq, { at });
      }),
    );
    const twice = [...all, ...all].map((text, index) => ({ text, order: Math.sin(index * 7919) }));
    const shuffled = twice.sort((a, b) => a.order - b.order).map(({ text }) => text);
    const bodies = Array.from({ length: 18 }, (_, index) => shuffled.slice(index * 10, index * 10 + 10).join(''));
    const answers = await Promise.all(bodies.map((body) => post(url, body)));
    const results = answers.flatMap((answer) => answer.results ?? []);
    expect(results.filter((result) => result === 'stored')).toHaveLength(90);
    expect(results.filter((result) => result === 'duplicate')).toHaveLength(90);
    expect((await store.window(time.wall)).stored).toBe(90);
    const { diagnosis, senders } = await collector.fleet();
    expect(diagnosis.causes).toEqual([]);
    expect(senders.map(({ conflicts }) => conflicts)).toEqual([0, 0, 0]);
  }, 60_000);

  it('of two machines with one key show by their names, whatever their numbers', async () => {
    const { url, store } = await open();
    const key = createKey();
    const said = async (name: string, seq: number): Promise<number | undefined> => {
      expect((await post(url, message(named(goodReport(), name), key, seq))).results).toEqual(['stored']);
      return (await store.sender(key.key))?.conflicts;
    };
    // Somebody gave a machine another name: nothing to tell.
    expect(await said('old-name', 1)).toBe(0);
    expect(await said('bonn-1', 2)).toBe(0);
    expect(await said('bonn-1', 3)).toBe(0);
    // A copy of its disk starts elsewhere, and then the first one speaks again.
    expect(await said('lyon-1', 4)).toBe(0);
    expect(await said('bonn-1', 5)).toBe(1);
    expect(await said('lyon-1', 6)).toBe(2);
    expect(await (await fetch(url)).text()).toContain('two machines seem to have this key');
    expect((await store.audits({ most: 10 })).filter(({ what }) => what === 'conflict')).toHaveLength(1);
  });

  it('that are more than a window ever takes come in over several', async () => {
    const { url, time } = await open({ limit: 10, perMs: 3_600_000 });
    const key = createKey();
    const texts = Array.from({ length: 20 }, (_, index) => message(goodReport(), key, index + 1));
    const first = await post(url, texts.join(''));
    expect(first.status).toBe(200);
    expect(first.results).toEqual([...Array(8).fill('stored'), ...Array(12).fill('throttled')]);
    expect(first.retryAfter).toBeGreaterThanOrEqual(3600);
    time.wall += 3_600_000;
    expect((await post(url, texts.slice(8).join(''))).results).toEqual([
      ...Array(8).fill('stored'),
      ...Array(4).fill('throttled'),
    ]);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    [
      'deeper than anything has to be',
      JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`) as Record<string, unknown>,
    ],
    ['with members of another kind', { summary: { startedAt: 1, targets: {} } }],
    ['with nothing', {}],
    ['that would change every object', JSON.parse('{"__proto__":{"report":{}}}') as Record<string, unknown>],
  ])('%s are none, and signed all the same', async (_, body) => {
    const { url, store } = await open();
    const key = createKey();
    const head = JSON.parse(message(goodReport(), key, 1).split('\n')[0] ?? '') as Record<string, unknown>;
    expect((await post(url, signLines([head, body], key).text)).status).toBe(400);
    expect(await store.senders({ most: 1 })).toEqual([]);
    expect(({} as Record<string, unknown>)['report']).toBeUndefined();
  });

  it('with a number that nobody could count from are none', async () => {
    const { url } = await open();
    for (const seq of [0, -1, 1.5, 2 ** 60]) {
      expect((await post(url, message(goodReport(), createKey(), seq))).status, `${seq}`).toBe(400);
    }
  });
});

describe('what explodes', () => {
  it('is read of those alone that are let in', async () => {
    const { url, store, time } = await open({ acceptNew: false });
    await store.putToken({ ...token, until: time.wall + 1000, usedBy: null });
    const parse = vi.spyOn(JSON, 'parse');
    const reads = async (text: string, address: string): Promise<readonly unknown[]> => {
      parse.mockClear();
      const { results } = await post(url, text, from(address));
      return [...(results ?? []), parse.mock.calls.filter(([read]) => read.startsWith('{"report"')).length];
    };
    const of = (key: ReturnType<typeof createKey>, seq: number, shown: typeof token | null = null): string =>
      message(badReport(), key, seq, { detail: 'full', token: shown });
    const [own, other] = [createKey(), createKey()];
    try {
      expect(await reads(of(other, 1), '192.0.2.1')).toEqual(['waiting', 0]);
      expect(await reads(of(other, 2, { ...token, secret: 'y'.repeat(32) }), '192.0.2.2')).toEqual([
        ...['token-unknown', 0],
      ]);
      expect(await reads(of(own, 1, token) + of(other, 3) + of(own, 2), '192.0.2.3')).toEqual([
        ...['stored', 'waiting', 'stored', 2],
      ]);
      expect(await reads(of(own, 3), '192.0.2.4')).toEqual(['stored', 1]);
      const sender = await store.sender(own.key);
      if (sender === null) throw new Error('it was here');
      await store.putSender({ ...sender, state: 'revoked' });
      expect(await reads(of(own, 4), '192.0.2.5')).toEqual(['revoked', 0]);
    } finally {
      parse.mockRestore();
    }
  });

  it('in many pieces of gzip is as much as in one, and what is no gzip nothing', async () => {
    const { url } = await open();
    const piece = gzipSync(Buffer.alloc(1024 * 1024));
    const headers = { 'content-encoding': 'gzip' };
    expect((await post(url, Buffer.concat(Array(20).fill(piece)), headers)).status).toBe(413);
    expect((await post(url, Buffer.from('no gzip'), headers)).status).toBe(400);
    const whole = gzipSync(message(goodReport(), createKey(), 1));
    expect((await post(url, whole.subarray(0, -10), headers)).status).toBe(400);
    expect((await post(url, gzipSync(whole), { 'content-encoding': 'gzip, gzip' })).status).toBe(415);
    expect((await post(url, whole, headers)).results).toEqual(['stored']);
  });
});
