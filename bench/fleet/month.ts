/** A month of 5,000 machines that report daily: how long the page, the interface and the questions behind them take. */
import { execFileSync } from 'node:child_process';
import { get } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../src/clock.ts';
import { readFleet } from '../../src/collect/fleet-view.ts';
import { correlateFleet } from '../../src/fleet/correlate.ts';
import { lookOf } from '../../src/fleet/look.ts';
import { withHistory } from '../../src/fleet/tables.ts';
import type { Look } from '../../src/model/fleet.ts';
import { lastLookOf } from '../../src/store/last-look.ts';
import { openStore } from '../../src/store/open.ts';
import { packed } from '../../src/store/packed.ts';
import type { Store } from '../../src/store/store.ts';
import { asker, type CollectorProcess, startCollector } from './collector.ts';
import type { Figure, Job } from './fleet.ts';
import { type Machine, machinesOf, reportedBy } from './machines.ts';
import { onEach } from './stores.ts';

const machines = 5000;
const days = 30;
const dayMs = 86_400_000;
const now = Date.now();
/** Two sites that fail as a whole, and every 97th machine. */
const isFailing = ({ site }: Machine, index: number): boolean =>
  site === 'site-7' || site === 'site-8' || index % 97 === 0;
/** Who comes behind one address, some hundred. */
const egressOf = ({ site }: Machine): string => `198.51.100.${Number(site.slice('site-'.length)) + 1}`;
/** Longer than a collector keeps its view of the fleet. */
const staleMs = 5200;

export async function month(job: Job): Promise<void> {
  await onEach(async (engine, fresh) => {
    const address = fresh();
    const fleet = machinesOf(machines);
    const store = await openStore(address);
    await fill(store, fleet, job);
    await ofStore(engine, store, job);
    const middle = fleet[machines / 2];
    if (middle === undefined) throw new Error('there are no machines');
    await recordMonth(store, middle, job);
    await ofProgram(engine, address, middle.key.fingerprint, () => say(store, middle, job), job);
    await store.close();
  });
}

function lookBy(machine: Machine, index: number, { healthy, failing }: Job): Look {
  const report = reportedBy(isFailing(machine, index) ? failing : healthy, machine);
  const { fingerprint } = machine.key;
  const look = lookOf(report, egressOf(machine));
  return withHistory(null, {
    ...look,
    id: `${fingerprint} ${days}`,
    machine: fingerprint,
    at: new Date(now).toISOString(),
  });
}

/** Machines of one transaction. */
const filledAtOnce = 100;

/** Rows as messages would have left them: the same look each day. */
async function fill(store: Store, fleet: readonly Machine[], job: Job): Promise<void> {
  for (let first = 0; first < fleet.length; first += filledAtOnce) {
    const rows = fleet.slice(first, first + filledAtOnce).map((machine, index) => rowsOf(machine, first + index, job));
    await store.restore(
      'messages',
      rows.flatMap(({ messages }) => messages),
    );
    for (const table of ['last_looks', 'senders'] as const) {
      await store.restore(
        table,
        rows.map((row) => row[table]),
      );
    }
  }
}

function rowsOf(machine: Machine, index: number, job: Job) {
  const seen = lookBy(machine, index, job);
  const look = packed(seen);
  const { key, fingerprint } = machine.key;
  const at = (day: number): number => now - (days - day) * dayMs;
  return {
    messages: Array.from({ length: days }, (_, day) => ({
      ...{ key, seq: day + 1, received_at: at(day + 1), critical: 0, digest: `${fingerprint}${day}`, look },
    })),
    last_looks: { key, ...lastLookOf(seen) },
    senders: {
      ...{ key, fingerprint, state: 'admitted', name: machine.name, first_at: at(1), last_at: at(days) },
      ...{ last_seq: days, egress: egressOf(machine), dropped: 0, conflicts: 0, skew_ms: 0 },
    },
  };
}

/** What one of the machines says in a month's day: what was read before does not hold for it any more. */
async function say(store: Store, machine: Machine, job: Job): Promise<void> {
  const { key } = machine.key;
  const sender = await store.sender(key);
  if (sender === null) throw new Error('the store has lost a machine');
  await store.putLastLook(key, lastLookOf(lookBy(machine, machines / 2, job)));
  await store.putSender({ ...sender, lastSeq: sender.lastSeq + 1, lastAt: Date.now() });
}

/** The month of one machine in whole reports, for its page. */
async function recordMonth(store: Store, machine: Machine, { healthy, failing }: Job): Promise<void> {
  for (let day = 1; day <= days; day += 1) {
    const startedAt = new Date(now - (days - day) * dayMs).toISOString();
    const report = { ...reportedBy(day % 7 === 0 ? failing : healthy, machine), startedAt };
    await store.record(report, 'collected', machine.key.fingerprint);
  }
}

async function timed(what: string, work: () => Promise<unknown>, tell: (figure: Figure) => void): Promise<void> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  const wallMs = performance.now() - began;
  tell({ what, wallMs, cpuMs: (user + system) / 1000, count: machines, peakMiB: 0 });
}

async function ofStore(engine: string, store: Store, { tell }: Job): Promise<void> {
  const asked = { clock: systemClock, perMs: 3_600_000, silentAfterMs: 26 * 3_600_000 };
  const { looks } = await readFleet(store, asked);
  await timed(`reading and explaining the fleet, ${engine}`, () => readFleet(store, asked), tell);
  await timed(`explaining the fleet alone, ${engine}`, async () => correlateFleet(looks), tell);
}

/** What a reader asks for: the fleet's view once as the first one after a while and once again at once; of an export its first byte. */
type Kind = 'view' | 'export' | 'page';
const questions: readonly (readonly [name: string, path: string, kind: Kind])[] = [
  ['page of the fleet', '/', 'view'],
  ['search', '/?q=site-7', 'view'],
  ['/api/fleet', '/api/fleet', 'view'],
  ['/metrics', '/metrics', 'view'],
  ['first byte of /api/messages', '/api/messages', 'export'],
  ['first byte of /api/messages.csv', '/api/messages.csv', 'export'],
  ['first byte of /api/machines', '/api/machines', 'export'],
  ['/api/machines.csv', '/api/machines.csv', 'page'],
  ['/api/audit', '/api/audit', 'page'],
  ['page of who was let in', '/audit', 'page'],
];

/** Ends with the answer, or with its first byte: the rest, of all messages, is too much for one text. */
function answered(url: string, isWhole: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = get(url, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url}: ${answer.statusCode}`));
      answer.on('data', () => {
        if (isWhole) return;
        resolve();
        asked.destroy();
      });
      answer.on('end', resolve);
    });
    // After the first byte it is our own doing.
    asked.on('error', reject);
  });
}

/** The longest that somebody else who asks all the time had to wait while that was done. */
async function longestWait(url: string, work: () => Promise<unknown>): Promise<number> {
  const { ask, close } = asker(1);
  let [longest, done] = [0, false];
  const asking = async (): Promise<void> => {
    while (!done) {
      const began = performance.now();
      await ask(`${url}/healthz`);
      longest = Math.max(longest, performance.now() - began);
      await wait(2);
    }
  };
  const asked = asking();
  await work();
  done = true;
  await asked;
  close();
  return longest;
}

type Asking = (what: string, path: string, isWhole?: boolean) => Promise<void>;

/** Asks for one thing, and tells what it took. */
function asking(collector: CollectorProcess, engine: string, { tell }: Job): Asking {
  return async (what, path, isWhole = true) => {
    const cpu = collector.cpuMs();
    let wallMs = 0;
    const waitedMs = await longestWait(collector.url, async () => {
      const began = performance.now();
      await answered(`${collector.url}${path}`, isWhole);
      wallMs = performance.now() - began;
    });
    const cpuMs = collector.cpuMs() - cpu;
    const figures = { 'longest wait of others ms': Math.round(waitedMs) };
    tell({ what: `${what}, ${engine}`, wallMs, cpuMs, count: machines, peakMiB: collector.peakMiB(), figures });
  };
}

/** Two starts: of one the page is asked for at once, of the other, which goes on, by somebody who comes a second later. */
async function startedAndAsked(engine: string, address: string, job: Job): Promise<CollectorProcess> {
  const first = await startCollector(job.program, address);
  await asking(first, engine, job)('first page at once after the start', '/');
  await first.close();
  const second = await startCollector(job.program, address);
  await wait(1000);
  await asking(second, engine, job)('first page a second after the start', '/');
  return second;
}

/** `change`: something that the next view has to tell; of 5,000 daily machines one says something every 17 seconds. */
async function ofProgram(
  engine: string,
  address: string,
  fingerprint: string,
  change: () => Promise<void>,
  job: Job,
): Promise<void> {
  const collector = await startedAndAsked(engine, address, job);
  const one = asking(collector, engine, job);
  for (const [name, path, kind] of [
    ...questions,
    ['page of a machine', `/machines/${fingerprint}/`, 'page'] as const,
    ['report of a machine', `/machines/${fingerprint}/report`, 'page'] as const,
  ]) {
    if (kind === 'view') {
      await change();
      await wait(staleMs);
    }
    await one(name, path, kind !== 'export');
    if (kind === 'view') await one(`${name}, again at once`, path);
  }
  await collector.close();
  const list = async (): Promise<unknown> =>
    execFileSync(process.execPath, [job.program, 'collect', 'machines', '--store', address], {
      ...{ maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' },
    });
  await timed(`collect machines, the whole program, ${engine}`, list, job.tell);
}
