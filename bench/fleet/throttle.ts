/**
 * 20,000 machines with four messages each against the default throttle, by a clock that is set: the senders' own code and
 * spools, the collector's own code, posts over loopback. Nothing here is timed: spools and store lie in memory. It takes some
 * twelve minutes of a processor.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { collector } from '../../src/collect/routes.ts';
import type { Report } from '../../src/model/report.ts';
import { deliver } from '../../src/send/deliver.ts';
import { isCritical } from '../../src/send/message.ts';
import type { PlaceHost } from '../../src/send/place.ts';
import { openSpool, type Spool } from '../../src/send/spool.ts';
import { listen } from '../../src/serve/server.ts';
import { createKey } from '../../src/signed/keys.ts';
import { openStore } from '../../src/store/open.ts';
import type { Job } from './fleet.ts';
import { messageBy } from './machines.ts';

const machines = 20_000;
const messages = 4;
/** Of so many one has bad news. */
const oneBadOf = 5;
const hourMs = 3_600_000;
const start = Date.UTC(2026, 10, 30);

/** The same numbers each time. */
function chances(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Sender {
  readonly name: string;
  readonly isBad: boolean;
  readonly spool: Spool;
}

/** Those who come at a time, by its second: each comes again when its spool says so. */
function calendar(): { put(at: number, sender: Sender): void; turns(): IterableIterator<readonly [number, Sender]> } {
  const seconds = new Map<number, Sender[]>();
  let last = 0;
  return {
    put(at, sender) {
      const second = Math.ceil(at / 1000);
      last = Math.max(last, second);
      const own = seconds.get(second);
      if (own === undefined) seconds.set(second, [sender]);
      else own.push(sender);
    },
    *turns() {
      for (let second = Math.floor(start / 1000); second <= last; second++) {
        // Who comes within the second is still in its list.
        for (const sender of seconds.get(second) ?? []) yield [second * 1000, sender] as const;
        seconds.delete(second);
      }
    },
  };
}

const host = (): PlaceHost => ({
  signal: new AbortController().signal,
  through: async () => null,
  lookup: (_name, _options, done) => done(null, '127.0.0.1', 4),
  ca: [],
  cover: () => '',
  output: async () => undefined,
});

/** A message is as small as may be: what is in it plays no part here. */
const small = (report: Report): Report => ({ ...report, targets: report.targets.slice(0, 2) });

function sendersIn(
  folder: string,
  { healthy, failing }: Job,
  clock: { wall(): number; now(): number },
): readonly Sender[] {
  return Array.from({ length: machines }, (_, index) => {
    const machine = { name: `pc-${index}`, site: `site-${index % 50}`, key: createKey() };
    const isBad = index % oneBadOf === 0;
    const report = small(isBad ? failing : healthy);
    if (isCritical(report) !== isBad) throw new Error('good and bad news are not what they are taken for');
    const spool = openSpool(join(folder, `${index}`), clock);
    for (let count = 0; count < messages; count++) {
      const seq = spool.nextSeq();
      spool.put(seq, messageBy(machine, report, seq, 'summary'), isBad);
    }
    return { name: machine.key.fingerprint, isBad, spool };
  });
}

export async function throttle(job: Job): Promise<void> {
  const folder = mkdtempSync('/dev/shm/wayclear-throttle-');
  try {
    await throttled(job, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function throttled(job: Job, folder: string): Promise<void> {
  const time = { wall: start };
  const clock = { wall: () => time.wall, now: () => time.wall - start };
  const chance = chances();
  const store = await openStore(join(folder, 'fleet.db'));
  try {
    const { answer } = collector(store, clock, {
      ...{ limit: 10_000, perMs: hourMs, acceptNew: true, silentAfterMs: 26 * hourMs, readTokens: [], chance },
      onTrouble: (error) => {
        throw error;
      },
      languageFor: () => Promise.reject(new Error('nobody reads')),
    });
    const door = await listen({ host: '127.0.0.1', port: 0, tls: null }, answer, (error) => {
      throw error;
    });
    const place = { place: { kind: 'collector', url: new URL(door.url) }, shown: door.url } as const;
    const turns = calendar();
    for (const sender of sendersIn(folder, job, clock)) turns.put(start + chance() * hourMs, sender);
    const seen = { posts: 0, sent: 0, refused: 0, lastAt: start, lastBadAt: start, busiest: 0, second: 0, inSecond: 0 };
    for (const [at, sender] of turns.turns()) {
      time.wall = at;
      const said = await deliver(sender.spool, [place], sender.name, clock, host());
      seen.posts += 1;
      if (seen.second !== at) Object.assign(seen, { second: at, inSecond: 0 });
      seen.inSecond += 1;
      seen.busiest = Math.max(seen.busiest, seen.inSecond);
      seen.sent += said.sent;
      seen.refused += said.refused;
      if (said.waiting > 0) turns.put(Math.max(at + 1000, sender.spool.notBefore()), sender);
      else {
        seen.lastAt = at;
        if (sender.isBad) seen.lastBadAt = at;
      }
    }
    await door.close();
    let kept = 0;
    for await (const { table, rows } of store.rows()) if (table === 'messages') kept += rows.length;
    job.tell({
      ...{ what: 'the default throttle', count: machines * messages, wallMs: 0, cpuMs: 0, peakMiB: 0 },
      figures: {
        ...{ kept, lost: machines * messages - seen.sent - seen.refused, 'refused for good': seen.refused },
        'hours until all are in': rounded((seen.lastAt - start) / hourMs),
        'hours until all bad news is in': rounded((seen.lastBadAt - start) / hourMs),
        ...{ posts: seen.posts, 'posts a machine': rounded(seen.posts / machines) },
        'posts in the busiest second': seen.busiest,
      },
    });
  } finally {
    await store.close();
  }
}

const rounded = (value: number): number => Number(value.toFixed(2));
