/** A month of 5,000 machines that report daily: how long the page, the interface and the questions behind them take. */
import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { readFleet } from '../../src/collect/fleet-view.ts';
import { correlateFleet } from '../../src/fleet/correlate.ts';
import { lookOf } from '../../src/fleet/look.ts';
import { withHistory } from '../../src/fleet/tables.ts';
import type { Look } from '../../src/model/fleet.ts';
import { openStore } from '../../src/store/open.ts';
import { packed } from '../../src/store/packed.ts';
import type { Store } from '../../src/store/store.ts';
import { asker, startCollector } from './collector.ts';
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
    await store.close();
    await ofProgram(engine, address, middle?.key.fingerprint ?? '', job);
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

/** Rows as messages would have left them: the same look each day. */
async function fill(store: Store, fleet: readonly Machine[], job: Job): Promise<void> {
  for (const [index, machine] of fleet.entries()) {
    const look = packed(lookBy(machine, index, job));
    const { key, fingerprint } = machine.key;
    const at = (day: number): number => now - (days - day) * dayMs;
    await store.restore(
      'messages',
      Array.from({ length: days }, (_, day) => ({
        ...{ key, seq: day + 1, received_at: at(day + 1), critical: 0, digest: `${fingerprint}${day}`, look },
      })),
    );
    await store.restore('senders', [
      {
        ...{ key, fingerprint, state: 'admitted', name: machine.name, first_at: at(1), last_at: at(days) },
        ...{ last_seq: days, egress: egressOf(machine), dropped: 0, conflicts: 0, skew_ms: 0 },
      },
    ]);
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
  const asked = { now, perMs: 3_600_000, silentAfterMs: 26 * 3_600_000 };
  const { looks } = await readFleet(store, asked);
  await timed(`reading and explaining the fleet, ${engine}`, () => readFleet(store, asked), tell);
  await timed(`explaining the fleet alone, ${engine}`, async () => correlateFleet(looks), tell);
}

/** What a reader asks for; those that begin with the fleet's view once as the first one after a while, once again at once. */
const questions: readonly (readonly [name: string, path: string, isView: boolean])[] = [
  ['page of the fleet', '/', true],
  ['search', '/?q=site-7', true],
  ['/api/fleet', '/api/fleet', true],
  ['/api/messages', '/api/messages', true],
  ['/metrics', '/metrics', true],
  ['/api/machines', '/api/machines', false],
  ['/api/machines.csv', '/api/machines.csv', false],
  ['/api/audit', '/api/audit', false],
];

async function ofProgram(engine: string, address: string, fingerprint: string, job: Job): Promise<void> {
  const collector = await startCollector(job.program, address);
  const { ask, close } = asker(1);
  const one = async (what: string, path: string): Promise<void> => {
    const [cpu, began] = [collector.cpuMs(), performance.now()];
    const { status } = await ask(`${collector.url}${path}`);
    if (status !== 200) throw new Error(`${path}: ${status}`);
    const wallMs = performance.now() - began;
    const cpuMs = collector.cpuMs() - cpu;
    job.tell({ what: `${what}, ${engine}`, wallMs, cpuMs, count: machines, peakMiB: collector.peakMiB() });
  };
  await ask(`${collector.url}/`);
  for (const [name, path, isView] of [
    ...questions,
    ['page of a machine', `/machines/${fingerprint}/`, false] as const,
  ]) {
    if (isView) await wait(staleMs);
    await one(name, path);
    if (isView) await one(`${name}, again at once`, path);
  }
  close();
  await collector.close();
  const list = async (): Promise<unknown> =>
    execFileSync(process.execPath, [job.program, 'collect', 'machines', '--store', address], {
      ...{ maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' },
    });
  await timed(`collect machines, the whole program, ${engine}`, list, job.tell);
}
