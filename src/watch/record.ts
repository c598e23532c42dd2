/** One look in the store: the run, what it changes, what people are to be told of it; all together or nothing. */
import { createHash } from 'node:crypto';
import type { Notice } from '../model/incident.ts';
import type { Steps, Store } from '../store/store.ts';
import { type Baseline, changeNotice, changesOf } from './changes.ts';
import {
  type Compared,
  compare,
  type Known,
  type Look,
  type Memory,
  type Sightings,
  type WatchSettings,
} from './compare.ts';
import { nextDue, type Plan, silentSince } from './schedule.ts';
import { scopeOf, whatOf, withScope } from './scope.ts';
import { quietUntil, type Window } from './windows.ts';

export interface RecordSettings extends WatchSettings {
  readonly windows: readonly Window[];
  /** Names of the ways that notices take. */
  readonly routes: readonly string[];
  /** What tells this machine from all others. */
  readonly machineId: string;
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
  plans: (machine: string) => `plans:${machine}`,
  baseline: (machine: string) => `baseline:${machine}`,
  sightings: (machine: string) => `sightings:${machine}`,
  held: (machine: string) => `held:${machine}`,
  silent: (machine: string) => `silent:${machine}`,
};

/** What is kept by scope. */
type ByScope<T> = Readonly<Record<string, T>>;

async function byScope<T>(steps: Steps, name: string): Promise<ByScope<T>> {
  const kept = await steps.setting(name);
  return typeof kept === 'object' && kept !== null ? (kept as ByScope<T>) : {};
}

const plansOf = (steps: Steps, machine: string): Promise<ByScope<Plan>> => byScope<Plan>(steps, names.plans(machine));

/** What is kept of the watch of a scope; null: nothing yet. */
export async function planOf(steps: Steps, machine: string, scope: string): Promise<Plan | null> {
  return (await plansOf(steps, machine))[scope] ?? null;
}

const iso = (at: number): string => new Date(at).toISOString();

/** Records a look and everything that follows from it. */
export async function recordLook(store: Store, look: Look, settings: RecordSettings): Promise<Recorded> {
  return await store.transaction(async (steps) => {
    const { name, now, full } = look;
    const scope = scopeOf(look.report);
    const plans = await plansOf(steps, name);
    const before = plans[scope] ?? null;
    const { seq } = await steps.record(look.report, full ? 'watch' : 'again', name);
    const compared = await putCompared(steps, look, settings);
    const changed = full ? await changedSince(steps, look) : null;
    const isLate = full && before !== null && silentSince(before, now) !== null;
    const late = isLate ? await silences(steps, look, plans, now) : [];
    const all = [...late, ...compared.notices, ...(changed === null ? [] : [changed])];
    const isQuiet = quietUntil(settings.windows, now) !== null;
    const held = isQuiet ? all : [];
    if (isQuiet && all.length > 0)
      await steps.putSetting(names.held(name), [...(await heldNotices(steps, name)), ...all]);
    const leaving = isQuiet ? [] : all;
    for (const notice of leaving) await steps.addNotice(notice, name, settings.routes);
    const plan = planAfter(before, look, settings, compared);
    await steps.putSetting(names.plans(name), withScope(plans, scope, plan));
    return { seq, plan, notices: leaving, held };
  });
}

/** A look that was broken off is one that is still to come. */
function planAfter(
  before: Plan | null,
  { full, interrupted = false, report, now }: Look,
  { everyMs, machineId }: RecordSettings,
  { followUp }: Compared,
): Plan {
  const { dueAt = null, at = null, latest = null } = before ?? {};
  const counts = full && !interrupted;
  return {
    ...{ what: whatOf(report), again: followUp, everyMs },
    dueAt: counts ? nextDue(dueAt, now, everyMs, machineId) : dueAt,
    at: counts ? now : at,
    latest: counts ? Math.max(latest ?? now, now) : latest,
  };
}

/** Compares a look with what was known of its machine, and keeps what follows. */
export async function putCompared(steps: Steps, look: Look, settings: WatchSettings): Promise<Compared> {
  const { name } = look;
  const known = (await steps.openIncidents(name)).map(
    ({ key, incident, memory }): Known => ({ key, incident, memory: memory as Memory }),
  );
  const scope = scopeOf(look.report);
  const sightings = await byScope<Sightings>(steps, names.sightings(name));
  const seen = sightings[scope] ?? {};
  const compared = compare(known, seen, look, settings);
  const isSame = JSON.stringify(compared.sightings) === JSON.stringify(seen);
  if (look.full && !isSame) {
    const isEmpty = Object.keys(compared.sightings).length === 0;
    await steps.putSetting(names.sightings(name), withScope(sightings, scope, isEmpty ? null : compared.sightings));
  }
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

/**
 * Watches of a machine that did not look for too long, as after a week of sleep; each once, whoever sees it first. Where it is
 * all of them, it is the machine that was silent, and one notice.
 */
async function silences(
  steps: Steps,
  { name, machine }: Pick<Look, 'name' | 'machine'>,
  plans: ByScope<Plan>,
  now: number,
): Promise<readonly Notice[]> {
  const told = await byScope<number>(steps, names.silent(name));
  const silent = Object.entries(plans).flatMap(([scope, plan]) => {
    const since = silentSince(plan, now);
    return since === null ? [] : [{ scope, since, what: plan.what }];
  });
  const fresh = silent.filter(({ scope, since }) => told[scope] !== since);
  if (fresh.length === 0) return [];
  await steps.putSetting(
    names.silent(name),
    Object.fromEntries(silent.map(({ scope, since }) => [scope, since] as const)),
  );
  if (fresh.length < Object.keys(plans).length) {
    return fresh.map(({ scope, since, what }) => ({ ...silentNotice(name, machine, since, now, scope), what }));
  }
  return [silentNotice(name, machine, Math.max(...fresh.map(({ since }) => since)), now)];
}

function silentNotice(
  name: string,
  machine: Notice['machine'],
  since: number,
  now: number,
  scope: string | null = null,
): Notice {
  const id = createHash('sha256')
    .update(JSON.stringify([name, 'silent', since, scope]))
    .digest('hex')
    .slice(0, 16);
  return {
    ...{ schema: 1, id: `${id}-1`, at: iso(now), kind: 'silent', machine },
    ...{ incident: null, incidents: [], changes: [], since: iso(since) },
  };
}

/** Watches on the same store, but this one, that did not look for too long: each is told once. */
export async function tellSilence(
  store: Store,
  { name: own, scope }: { readonly name: string; readonly scope: string },
  routes: readonly string[],
  now: number,
): Promise<readonly Notice[]> {
  return await store.transaction(async (steps) => {
    const notices: Notice[] = [];
    for (const name of await steps.machines()) {
      const plans = await plansOf(steps, name);
      // This one looks: what it missed, its next look tells.
      const mine = plans[scope];
      const current = name === own && mine !== undefined ? { ...plans, [scope]: { ...mine, at: null } } : plans;
      if (Object.values(current).every((plan) => silentSince(plan, now) === null)) continue;
      const last = await steps.lookAt(name);
      const machine = last === null ? null : { name, account: last.account, addresses: last.addresses };
      for (const notice of await silences(steps, { name, machine }, current, now)) {
        await steps.addNotice(notice, name, routes);
        notices.push(notice);
      }
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
