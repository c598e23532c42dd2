/**
 * The watch itself: looks when it is time, records, has notices delivered, lets go of what is old. What it does is in the
 * store; a process that is killed at any point goes on from there. Everything that reaches out is given by the caller.
 */
import type { Clock } from '../clock.ts';
import type { RootFacts } from '../model/diagnosis.ts';
import type { Notice } from '../model/incident.ts';
import type { Report } from '../model/report.ts';
import type { Store } from '../store/store.ts';
import type { Elsewhere, Look } from './compare.ts';
import { endWindow, planOf, type Recorded, type RecordSettings, recordLook, tellSilence } from './record.ts';
import { isDue, type Plan } from './schedule.ts';

/** Nothing is waited for longer without a look at the clock: a machine that slept, or whose clock was set, is seen then. */
const tickMs = 30_000;
/** The lock of a watch that was killed is free after that. */
const lockMs = 120_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Reports that wait for a store that can't be written to. */
const mostWaiting = 20;

export interface LoopSettings extends RecordSettings {
  /** What the store calls this machine. */
  readonly name: string;
  /** What it looks at: `scopeOf` its reports. */
  readonly scope: string;
  /** Who this process is, for its lock; `isGone` says of another one that it is no more. */
  readonly holder: string;
  readonly isGone: (holder: string) => boolean;
  readonly keepMs: number | null;
  readonly keepBytes: number | null;
}

/** What happens, for whoever watches the watch. */
export type WatchEvent =
  | {
      readonly kind: 'looked';
      readonly report: Report;
      readonly full: boolean;
      /** When this watch looks again; null: a scheduler knows, not it. */
      readonly next: number | null;
      readonly recorded: Recorded;
    }
  /** It begins, and it is not yet time for a look. */
  | { readonly kind: 'waiting'; readonly next: number }
  | { readonly kind: 'told'; readonly notices: readonly Notice[] }
  | { readonly kind: 'trouble'; readonly error: unknown; readonly during: 'look' | 'record' };

/** A run, and what the sentences of its root causes are made of, in their order. */
export interface Looked {
  readonly report: Report;
  readonly facts: readonly RootFacts[];
  /** It was broken off, and what was not tested by then is untested. */
  readonly interrupted?: boolean;
}

export interface Host {
  readonly clock: Clock;
  readonly store: Store;
  /** Ends earlier when the work is to end. */
  sleep(ms: number): Promise<void>;
  stopped(): boolean;
  /** Runs now, all or these targets alone; null: it was interrupted before anything was planned. */
  look(targets: readonly string[] | null): Promise<Looked | null>;
  /** What else changed besides what a look shows: what another catalog asks for. Null: nobody could compare. */
  changes(): Promise<Elsewhere | null>;
  /** Delivers what is due; when the next delivery is, null for none. */
  deliver(): Promise<number | null>;
  tell(event: WatchEvent): Promise<void>;
}

const lockOf = (name: string): string => `watch:${name}`;

/** False: somebody else watches this machine on this store. */
async function lock({ store, clock }: Host, { name, holder, isGone }: LoopSettings): Promise<boolean> {
  return await store.takeLock(lockOf(name), holder, clock.wall(), lockMs, isGone);
}

async function measured(host: Host, settings: LoopSettings, targets: readonly string[] | null): Promise<Look | null> {
  // A look may take longer than the lock is for.
  const timer = setInterval(() => void lock(host, settings).catch(() => {}), lockMs / 4);
  try {
    const now = host.clock.wall();
    const looked = await host.look(targets);
    if (looked === null) return null;
    const { report } = looked;
    const full = targets === null;
    const others = full && looked.interrupted !== true ? await host.changes() : null;
    const look = { ...looked, machine: report.machine ?? null, name: settings.name, full, now };
    return others === null ? look : { ...look, others };
  } finally {
    clearInterval(timer);
  }
}

async function record(
  host: Host,
  settings: LoopSettings,
  look: Look,
  nextOf: (plan: Plan) => number | null,
): Promise<Plan> {
  const recorded = await recordLook(host.store, look, settings);
  const next = nextOf(recorded.plan);
  await host.tell({ kind: 'looked', report: look.report, full: look.full, next, recorded });
  return recorded.plan;
}

/** The next look of a watch that stays. */
function nextLook({ dueAt, again }: Plan): number | null {
  const times = [dueAt, again?.at].flatMap((time) => (typeof time === 'number' ? [time] : []));
  return times.length === 0 ? null : Math.min(...times);
}

/** What is done besides looking; each only where there is something to do. */
async function upkeep(host: Host, settings: LoopSettings, last: { silence: number; prune: number }): Promise<void> {
  const { store, clock } = host;
  const now = clock.wall();
  const summary = await endWindow(store, settings.name, settings, now);
  if (summary !== null) await host.tell({ kind: 'told', notices: [summary] });
  const isOver = (since: number, ms: number): boolean => now - since >= ms || now < since;
  if (isOver(last.silence, hourMs)) {
    last.silence = now;
    const silent = await tellSilence(store, settings, settings.routes, now);
    if (silent.length > 0) await host.tell({ kind: 'told', notices: silent });
  }
  const { keepMs, keepBytes: mostBytes } = settings;
  if (isOver(last.prune, dayMs)) {
    last.prune = now;
    await store.prune({ before: keepMs === null ? null : now - keepMs, mostBytes });
  }
}

/** Looks once, as a scheduler of the operating system asks for; `null`: another one is at it. */
export async function watchOnce(host: Host, settings: LoopSettings): Promise<Report | null | 'overlap'> {
  if (!(await lock(host, settings))) return 'overlap';
  try {
    const look = await measured(host, settings, null);
    if (look === null) return null;
    await record(host, settings, look, () => null);
    // Who was told to end ends: what is to be delivered, the next one delivers.
    if (host.stopped()) return look.report;
    await upkeep(host, settings, { silence: 0, prune: 0 });
    await host.deliver();
    return look.report;
  } finally {
    await host.store.releaseLock(lockOf(settings.name), settings.holder);
  }
}

const noPlan: Plan = { what: [], dueAt: null, again: null, everyMs: 0, at: null, latest: null };

/** Looks until it is stopped; false: another one is at it. */
export async function watchOn(host: Host, settings: LoopSettings): Promise<boolean> {
  const { store, clock } = host;
  if (!(await lock(host, settings))) return false;
  const waiting: Look[] = [];
  const last = { silence: 0, prune: 0 };
  let plan = await planOf(store, settings.name, settings.scope);
  /** A store that is full or away for a while ends nothing: what was measured waits for it. */
  const trying = async <T>(work: () => Promise<T>, during: 'look' | 'record' = 'record'): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      await host.tell({ kind: 'trouble', error, during });
      return null;
    }
  };
  let isMine = true;
  const next = plan === null ? null : nextLook(plan);
  if (next !== null && !isDue(next, clock.wall(), settings.everyMs)) await host.tell({ kind: 'waiting', next });
  while (isMine && !host.stopped()) {
    const now = clock.wall();
    const again = plan?.again ?? null;
    const isFull = isDue(plan?.dueAt ?? null, now, settings.everyMs);
    if (isFull || (again !== null && isDue(again.at, now, settings.everyMs))) {
      const look = await trying(() => measured(host, settings, isFull ? null : (again?.targets ?? null)), 'look');
      if (look !== null) waiting.push(look);
      // What could not be measured or recorded comes again in its time, not at once.
      plan = { ...(plan ?? noPlan), again: null, ...(isFull ? { dueAt: now + settings.everyMs } : {}) };
      waiting.splice(0, waiting.length - mostWaiting);
    }
    while (waiting[0] !== undefined) {
      const first = waiting[0];
      const recorded = await trying(() => record(host, settings, first, nextLook));
      if (recorded === null) break;
      waiting.shift();
      plan = recorded;
    }
    if (host.stopped()) break;
    await trying(() => upkeep(host, settings, last));
    const delivery = await trying(() => host.deliver());
    const events = [plan?.dueAt, plan?.again?.at, delivery].flatMap((at) =>
      at === null || at === undefined ? [] : [at],
    );
    const wait = Math.min(tickMs, ...events.map((at) => at - clock.wall()));
    await host.sleep(Math.max(wait, 1000));
    isMine = (await trying(() => lock(host, settings))) !== false;
  }
  await trying(() => store.releaseLock(lockOf(settings.name), settings.holder));
  return isMine;
}
