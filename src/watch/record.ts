/** One look in the store: the run, what it changes, what people are to be told of it; all together or nothing. */
import { createHash } from 'node:crypto';
import type { Notice } from '../model/incident.ts';
import type { Steps, Store } from '../store/store.ts';
import { type Baseline, changeNotice, changesOf } from './changes.ts';
import {
  type Compared,
  compare,
  type FollowUp,
  graceMs,
  type Known,
  type Look,
  type Memory,
  type Sightings,
  type WatchSettings,
} from './compare.ts';
import { nextDue } from './schedule.ts';
import { quietUntil, type Window } from './windows.ts';

export interface RecordSettings extends WatchSettings {
  readonly windows: readonly Window[];
  /** Names of the ways that notices take. */
  readonly routes: readonly string[];
  /** What tells this machine from all others. */
  readonly machineId: string;
}

/** What is kept of the watch of a machine. */
export interface Plan {
  /** Null: a look is due. */
  readonly dueAt: number | null;
  /** Null: nothing is in doubt. */
  readonly again: FollowUp | null;
  /** Of whoever watches it, so that others can tell that it is silent. */
  readonly everyMs: number;
}

export interface Recorded {
  readonly seq: number;
  readonly plan: Plan;
  /** Those that leave now. */
  readonly notices: readonly Notice[];
  /** Those that wait for the end of a window. */
  readonly held: readonly Notice[];
}

const names = {
  plan: (machine: string) => `plan:${machine}`,
  baseline: (machine: string) => `baseline:${machine}`,
  sightings: (machine: string) => `sightings:${machine}`,
  held: (machine: string) => `held:${machine}`,
  silent: (machine: string) => `silent:${machine}`,
};

export async function planOf(steps: Steps, machine: string): Promise<Plan | null> {
  return ((await steps.setting(names.plan(machine))) ?? null) as Plan | null;
}

const iso = (at: number): string => new Date(at).toISOString();

/** Records a look and everything that follows from it. */
export async function recordLook(store: Store, look: Look, settings: RecordSettings): Promise<Recorded> {
  return await store.transaction(async (steps) => {
    const { name, now, full } = look;
    const before = await planOf(steps, name);
    const last = await steps.lookAt(name);
    const { seq } = await steps.record(look.report, full ? 'watch' : 'again', name);
    const compared = await putCompared(steps, look, settings);
    const changed = full ? await changedSince(steps, look) : null;
    const late = full ? await lateNotice(steps, look, settings, last) : null;
    const all = [...(late === null ? [] : [late]), ...compared.notices, ...(changed === null ? [] : [changed])];
    const isQuiet = quietUntil(settings.windows, now) !== null;
    const held = isQuiet ? all : [];
    if (isQuiet && all.length > 0)
      await steps.putSetting(names.held(name), [...(await heldNotices(steps, name)), ...all]);
    const leaving = isQuiet ? [] : all;
    for (const notice of leaving) await steps.addNotice(notice, name, settings.routes);
    const plan: Plan = {
      dueAt: full ? nextDue(before?.dueAt ?? null, now, settings.everyMs, settings.machineId) : (before?.dueAt ?? null),
      ...{ again: compared.followUp, everyMs: settings.everyMs },
    };
    await steps.putSetting(names.plan(name), plan);
    return { seq, plan, notices: leaving, held };
  });
}

/** Compares a look with what was known of its machine, and keeps what follows. */
export async function putCompared(steps: Steps, look: Look, settings: WatchSettings): Promise<Compared> {
  const { name } = look;
  const known = (await steps.openIncidents(name)).map(
    ({ key, incident, memory }): Known => ({ key, incident, memory: memory as Memory }),
  );
  const seen = ((await steps.setting(names.sightings(name))) ?? {}) as Sightings;
  const compared = compare(known, seen, look, settings);
  const isSame = JSON.stringify(compared.sightings) === JSON.stringify(seen);
  if (look.full && !isSame) await steps.putSetting(names.sightings(name), compared.sightings);
  for (const { key, incident, memory } of compared.incidents) {
    await steps.putIncident({ machine: name, key, incident, memory });
  }
  return compared;
}

async function changedSince(steps: Steps, look: Look): Promise<Notice | null> {
  const before = ((await steps.setting(names.baseline(look.name))) ?? null) as Baseline | null;
  const { changes, baseline } = changesOf(before, look);
  await steps.putSetting(names.baseline(look.name), baseline);
  return changeNotice(changes, look);
}

/** A look is there again after none was for too long, as after a week of sleep; once, whoever sees it first. */
async function lateNotice(
  steps: Steps,
  { name, machine, now }: Look,
  { everyMs }: WatchSettings,
  last: Awaited<ReturnType<Steps['lookAt']>>,
): Promise<Notice | null> {
  if (last === null || now - last.startedAt <= everyMs + graceMs) return null;
  if ((await steps.setting(names.silent(name))) === last.seq) return null;
  await steps.putSetting(names.silent(name), last.seq);
  return silentNotice(name, machine, last, now);
}

function silentNotice(
  name: string,
  machine: Notice['machine'],
  { seq, startedAt }: { readonly seq: number; readonly startedAt: number },
  now: number,
): Notice {
  const id = createHash('sha256')
    .update(JSON.stringify([name, 'silent', seq]))
    .digest('hex')
    .slice(0, 16);
  return {
    ...{ schema: 1, id: `${id}-1`, at: iso(now), kind: 'silent', machine },
    ...{ incident: null, incidents: [], changes: [], since: iso(startedAt) },
  };
}

/** Machines of the same store that are watched and were not looked at for too long: each is told once. */
export async function tellSilence(
  store: Store,
  own: string,
  routes: readonly string[],
  now: number,
): Promise<readonly Notice[]> {
  return await store.transaction(async (steps) => {
    const notices: Notice[] = [];
    for (const name of await steps.machines()) {
      const plan = name === own ? null : await planOf(steps, name);
      const last = plan === null ? null : await steps.lookAt(name);
      if (plan === null || last === null || now - last.startedAt <= plan.everyMs + graceMs) continue;
      if ((await steps.setting(names.silent(name))) === last.seq) continue;
      await steps.putSetting(names.silent(name), last.seq);
      const { account, addresses } = last;
      const notice = silentNotice(name, { name, account, addresses }, last, now);
      await steps.addNotice(notice, name, routes);
      notices.push(notice);
    }
    return notices;
  });
}

async function heldNotices(steps: Steps, machine: string): Promise<readonly Notice[]> {
  return ((await steps.setting(names.held(machine))) ?? []) as readonly Notice[];
}

/** What a window held back, as one notice; null where there is nothing to tell. `open`: those that are not closed. */
export function summaryOf(held: readonly Notice[], open: readonly Known[], now: number): Notice | null {
  const last = new Map<string, Notice>();
  const began = new Set<string>();
  for (const notice of held) {
    if (notice.incident === null) continue;
    if (notice.kind === 'opened') began.add(notice.incident.id);
    last.set(notice.incident.id, notice);
  }
  const current = new Map(open.map(({ incident }) => [incident.id, incident]));
  const incidents = [...last].flatMap(([id, { kind, incident }]) => {
    // What came and went meanwhile disturbs nobody any more.
    if (kind === 'closed') return began.has(id) || incident === null ? [] : [incident];
    return [current.get(id) ?? incident].flatMap((one) => one ?? []);
  });
  const changes = held.flatMap((notice) => notice.changes);
  if (incidents.length === 0 && changes.length === 0) return null;
  const id = createHash('sha256')
    .update(JSON.stringify(held.map((notice) => notice.id)))
    .digest('hex')
    .slice(0, 16);
  return {
    ...{ schema: 1, id: `${id}-1`, at: iso(now), kind: 'maintenance-ended', machine: held[0]?.machine ?? null },
    ...{ incident: null, incidents, changes, since: null },
  };
}

/** Tells once what a window held back, when it is over. */
export async function endWindow(
  store: Store,
  machine: string,
  { windows, routes }: Pick<RecordSettings, 'windows' | 'routes'>,
  now: number,
): Promise<Notice | null> {
  if (quietUntil(windows, now) !== null || (await heldNotices(store, machine)).length === 0) return null;
  return await store.transaction(async (steps) => {
    const held = await heldNotices(steps, machine);
    const open = (await steps.openIncidents(machine)).map(({ key, incident, memory }) => ({
      ...{ key, incident, memory: memory as Memory },
    }));
    const summary = summaryOf(held, open, now);
    await steps.putSetting(names.held(machine), undefined);
    if (summary !== null) await steps.addNotice(summary, machine, routes);
    return summary;
  });
}
