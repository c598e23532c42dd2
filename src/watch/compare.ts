/**
 * What a look changes: from what was known and a new report to incidents and notices. Pure, and the one place that decides
 * what people are told of failures. The unit is a root cause with what its targets share, never a row.
 */
import { createHash } from 'node:crypto';
import type { Severity } from '../model/catalog.ts';
import type { RootFacts } from '../model/diagnosis.ts';
import type { Change, Incident, Notice } from '../model/incident.ts';
import type { Machine, Report } from '../model/report.ts';
import { type Finding, findingsOf, type Judged, judged, type Parts, partsAfter, together } from './presence.ts';
import { scopeOf } from './scope.ts';

export interface WatchSettings {
  /** Looks that have to see a failure before it is an incident. */
  readonly confirm: number;
  readonly everyMs: number;
}

/** Clean looks, one after the other, that close an incident. */
const cleanLooks = 2;
/** When what is in doubt is looked at again, counted from the look before. */
const againAfterMs: readonly number[] = [60_000, 300_000];
const hourMs = 3_600_000;
/** At most one `worse` in that time. */
const worseEveryMs = hourMs;
/** A reminder a day; a little less, since looks a day apart begin some seconds earlier or later. */
const reminderAfterMs = 23.5 * hourMs;
/** More than `mostChanges` in so many looks is unstable; so many of one kind hold. */
const lookedBack = 6;
const mostChanges = 4;

/** What is remembered of an incident besides what people see. */
export interface Memory {
  /** Looks that saw it. */
  readonly seen: number;
  /** Clean looks, one after the other, up to the last. */
  readonly clean: number;
  /** Looks again that are used up since it came into doubt. */
  readonly again: number;
  /** What the notices said so far; null: nothing was told. */
  readonly told: { readonly severity: Severity; readonly targets: readonly string[]; readonly steady: boolean } | null;
  /** Milliseconds of UTC. */
  readonly lastToldAt: number | null;
  readonly lastWorseAt: number | null;
  /** Notices of it, which number them. */
  readonly notices: number;
  /** What its evidence is made of, as it opened and now: any language says it, when the look is long gone. Left out: not known. */
  readonly facts?: { readonly opened: RootFacts; readonly now: RootFacts };
  /** What each watch sees of it. Left out: one saw all of it. */
  readonly parts?: Parts;
}

export interface Known {
  readonly key: string;
  readonly incident: Incident;
  readonly memory: Memory;
}

/** Targets to be looked at once more, at that time. */
export interface FollowUp {
  readonly at: number;
  readonly targets: readonly string[];
}

export interface Look {
  readonly machine: Machine | null;
  /** What the store calls this machine. */
  readonly name: string;
  readonly report: Report;
  /** What the sentences of its root causes are made of, in their order; left out or null: they stay as the report has them. */
  readonly facts?: readonly (RootFacts | null)[];
  /** False for a look again, which says nothing of targets that it left out. */
  readonly full: boolean;
  /** It was broken off: what it tested counts, and the look is still to come. */
  readonly interrupted?: boolean;
  /** Milliseconds of UTC. */
  readonly now: number;
  /** What another catalog asks for that this one does not; left out: nothing was compared. */
  readonly others?: Elsewhere;
}

/** What another catalog asks for that this one does not. */
export interface Elsewhere {
  readonly changes: readonly Change[];
  /** Those that were compared: of others nothing is known. */
  readonly features: readonly string[];
}

/**
 * Of each root cause that came up lately in one watch, whether an incident of it is open or not: its last whole looks that
 * could tell, the oldest first (`1` saw it, `0` did not). What comes and goes shows here, however often it was closed meanwhile.
 */
export type Sightings = Readonly<Record<string, string>>;

export interface Compared {
  /** Those that are new or changed. */
  readonly incidents: readonly Known[];
  readonly notices: readonly Notice[];
  readonly sightings: Sightings;
  /** Null: nothing is in doubt. */
  readonly followUp: FollowUp | null;
}

const iso = (at: number): string => new Date(at).toISOString();
const rank: Readonly<Record<Severity, number>> = { informational: 0, warning: 1, critical: 2 };

/** Compares a look with the incidents that are not closed. The same input gives the same output. */
export function compare(known: readonly Known[], before: Sightings, look: Look, settings: WatchSettings): Compared {
  const findings = findingsOf(look.report, look.facts);
  const pairs = matched(known, findings);
  const seeing = { ...look, scope: scopeOf(look.report), everyMs: settings.everyMs };
  const found = (one: Known, finding: Finding): Seen => ({
    ...{ finding, presence: 'seen', parts: partsAfter(one.incident, one.memory.parts, finding, seeing) },
  });
  const seen = new Map(
    known.map((one): readonly [string, Seen] => {
      const finding = pairs.get(one.key);
      if (finding !== undefined) return [one.key, found(one, finding)];
      return [one.key, { finding: null, ...judged(one.incident, one.memory.parts, seeing) }];
    }),
  );
  const sightings = sightingsAfter(before, seen, findings, look);
  const context = { look, settings, sightings, before };
  const old = known.flatMap((one): readonly Step[] => {
    const here = seen.get(one.key);
    if (here === undefined || here.parts === null) return [];
    return here.presence === 'unknown'
      ? [keptOpen(one, here.parts, look, seeing.scope in here.parts)]
      : [after(one, here, context)];
  });
  const taken = new Set(pairs.values());
  const fresh = findings
    .filter((finding) => !taken.has(finding))
    .map((finding) => [begun(finding, look), finding] as const)
    .map(([one, finding]) => after(one, found(one, finding), context));
  const steps = [...old, ...fresh];
  const doubtful = steps.filter(({ doubt }) => doubt !== null);
  const at = doubtful.reduce((first, { doubt }) => Math.min(first, doubt ?? first), Number.POSITIVE_INFINITY);
  const targets = doubtful.flatMap(({ now }) => now.incident.targets);
  return {
    incidents: steps.filter(({ was, now }) => was !== now).map(({ now }) => now),
    notices: steps.flatMap(({ notices }) => notices),
    sightings,
    followUp: targets.length === 0 ? null : { at, targets: [...new Set(targets)].sort() },
  };
}

/**
 * Which finding belongs to which incident: that of the same key, else one of the same cause that shares a target with it,
 * since a set that grows has something else in common (an address becomes a network).
 */
function matched(known: readonly Known[], findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const pairs = new Map<string, Finding>();
  const free = new Set(findings);
  for (const { key } of known) {
    const same = findings.find((finding) => finding.key === key);
    if (same === undefined) continue;
    pairs.set(key, same);
    free.delete(same);
  }
  for (const { key, incident } of known) {
    if (pairs.has(key)) continue;
    const targets = new Set(incident.targets);
    const common = (finding: Finding): number => finding.targets.filter((id) => targets.has(id)).length;
    const near = [...free].filter((finding) => finding.cause === incident.cause && common(finding) > 0);
    const [best] = near.sort((one, other) => common(other) - common(one));
    if (best === undefined) continue;
    pairs.set(key, best);
    free.delete(best);
  }
  return pairs;
}

/** What a look sees of an incident. */
interface Seen extends Judged {
  /** Null: it is not in the report. */
  readonly finding: Finding | null;
}

/** Nothing of it is known yet: the first look at it is still to be counted. */
function begun(finding: Finding, { name, now }: Look): Known {
  const { key, cause, shared, severity, confidence, title, targets, hosts, evidence, remedies } = finding;
  const id = createHash('sha256')
    .update(JSON.stringify([name, key, now]))
    .digest('hex')
    .slice(0, 16);
  return {
    key,
    incident: {
      ...{ id, cause, shared, state: 'suspected', unstable: false, severity, confidence, title, targets, hosts },
      ...{ firstSeenAt: iso(now), openedAt: null, lastSeenAt: iso(now), closedAt: null },
      ...{ evidenceThen: evidence, evidenceNow: evidence, remedies },
    },
    memory: {
      ...{ seen: 0, clean: 0, again: 0, told: null, lastToldAt: null, lastWorseAt: null, notices: 0 },
    },
  };
}

interface Step {
  /** Null: it is new. */
  readonly was: Known | null;
  readonly now: Known;
  readonly notices: readonly Notice[];
  /** When it should be looked at again; null: it is not in doubt, or that was done. */
  readonly doubt: number | null;
}

/** An incident after a look that could tell. */
function after(
  one: Known,
  { finding, presence, parts }: Seen,
  {
    look,
    settings,
    sightings,
    before,
  }: { look: Look; settings: WatchSettings; sightings: Sightings; before: Sightings },
): Step {
  const seen = presence === 'seen';
  const counted = {
    ...one.memory,
    seen: one.memory.seen + (seen ? 1 : 0),
    clean: seen ? 0 : one.memory.clean + 1,
  };
  const unstable = isUnstable(one.incident.unstable, sightings[finding?.key ?? one.key], one.key in before);
  const unwatched = presence === 'unwatched';
  const state = unwatched ? 'closed' : stateAfter(one.incident.state, counted, unstable, settings);
  const opens = state === 'open' && one.incident.state !== 'open';
  const known: Known = {
    key: finding?.key ?? one.key,
    memory: { ...counted, ...factsAfter(one.memory.facts, finding, opens), ...(parts === null ? {} : { parts }) },
    incident: {
      ...one.incident,
      ...(finding === null ? {} : asFound(finding, look.now)),
      ...(unwatched ? { unwatched } : together(parts ?? {})),
      ...{ state, unstable },
      ...(opens ? { openedAt: iso(look.now), evidenceThen: finding?.evidence ?? one.incident.evidenceThen } : {}),
      closedAt: state === 'closed' ? iso(look.now) : null,
    },
  };
  const told = tell(one, known, look);
  return { ...doubted(told.now, look, settings), was: one.memory.seen === 0 ? null : one, notices: told.notices };
}

function factsAfter(before: Memory['facts'], finding: Finding | null, opens: boolean): Pick<Memory, 'facts'> {
  const now = finding?.facts ?? before?.now;
  if (now === undefined) return {};
  return { facts: { opened: opens ? now : (before?.opened ?? now), now } };
}

const asFound = (
  { cause, shared, severity, confidence, title, evidence, remedies }: Finding,
  now: number,
): Partial<Incident> => ({
  ...{ cause, shared, severity, confidence, title, remedies },
  ...{ evidenceNow: evidence, lastSeenAt: iso(now) },
});

/** What the looks up to this one saw; a look again counts in none, since it only makes sure of what a whole look saw. */
function sightingsAfter(
  before: Sightings,
  seen: ReadonlyMap<string, Seen>,
  findings: readonly Finding[],
  { full, report }: Look,
): Sightings {
  if (!full) return before;
  const after: Record<string, string> = {};
  const moved = new Map(
    [...seen].flatMap(([key, { finding }]) => (finding === null ? [] : [[finding.key, key] as const])),
  );
  const add = (key: string, isSeen: boolean, from: string = key): void => {
    const looks = `${before[from] ?? ''}${isSeen ? '1' : '0'}`.slice(-lookedBack);
    // What was away for that long is forgotten.
    if (looks.includes('1')) after[key] = looks;
  };
  for (const { key } of findings) add(key, true, moved.get(key) ?? key);
  for (const [key, looks] of Object.entries(before)) {
    const here = seen.get(key);
    if (key in after || (here !== undefined && here.finding !== null)) continue;
    const isKnown = here === undefined ? report.complete : here.presence === 'clean';
    if (here?.presence === 'unwatched') continue;
    if (isKnown) add(key, false);
    else after[key] = looks;
  }
  return after;
}

/**
 * It is unstable when it came and went too often, and no longer when the last looks all say the same. `wasCounted`: looks of
 * this watch were, before this one.
 */
function isUnstable(was: boolean, looks: string | undefined, wasCounted: boolean): boolean {
  if (looks === undefined) return was && !wasCounted;
  const changes = [...looks].filter((look, at) => at > 0 && look !== looks[at - 1]).length;
  if (changes > mostChanges) return true;
  return was && !(looks.length === lookedBack && changes === 0);
}

function stateAfter(
  was: Incident['state'],
  { seen, clean }: Memory,
  unstable: boolean,
  { confirm }: WatchSettings,
): Incident['state'] {
  // One that comes and goes is closed when it stayed away for as long as it takes to hold.
  if (clean >= (unstable ? lookedBack : cleanLooks)) return 'closed';
  return was === 'open' || seen >= confirm ? 'open' : 'suspected';
}

/** A look that says nothing of what is left of it: what is open stays open, and its own watch tells of it once a day if it is critical. */
function keptOpen(one: Known, parts: Parts, look: Look, isOwn: boolean): Step {
  const now = { ...one, incident: { ...one.incident, ...together(parts) }, memory: { ...one.memory, parts } };
  const told = isOwn ? tell(one, now, look) : { now, notices: [] };
  return { was: one, now: told.now, notices: told.notices, doubt: null };
}

/** What people are told, and what is remembered of that. */
function tell(was: Known, now: Known, look: Look): { readonly now: Known; readonly notices: readonly Notice[] } {
  const kind = kindOf(was, now, look.now);
  if (kind === null) return { now, notices: [] };
  const { incident, memory } = now;
  const notices = memory.notices + 1;
  const lastTold = memory.told;
  const remembered: Memory = {
    ...memory,
    notices,
    told: {
      severity:
        lastTold !== null && rank[lastTold.severity] > rank[incident.severity] ? lastTold.severity : incident.severity,
      targets: [...new Set([...(lastTold?.targets ?? []), ...incident.targets])].sort(),
      steady: kind !== 'unstable',
    },
    lastToldAt: look.now,
    lastWorseAt: kind === 'worse' ? look.now : memory.lastWorseAt,
  };
  const notice: Notice = {
    ...{ schema: 1, id: `${incident.id}-${notices}`, at: iso(look.now), kind, machine: look.machine, incident },
    ...{ incidents: [], changes: [], since: null },
  };
  return { now: { ...now, memory: remembered }, notices: [notice] };
}

function kindOf({ incident: before }: Known, { incident, memory }: Known, now: number): Notice['kind'] | null {
  const { told } = memory;
  // What is no more than informational is kept and shown; nobody is called for it.
  if (incident.severity === 'informational' && told === null) return null;
  if (incident.state === 'closed') return told === null ? null : incident.unwatched === true ? 'unwatched' : 'closed';
  if (incident.state === 'suspected') return null;
  if (incident.unstable) return before.unstable && told !== null ? null : 'unstable';
  if (told === null) return 'opened';
  const worse =
    !told.steady ||
    rank[incident.severity] > rank[told.severity] ||
    incident.targets.some((target) => !told.targets.includes(target));
  if (worse && memory.clean === 0 && isOver(memory.lastWorseAt, worseEveryMs, now)) return 'worse';
  const reminds = incident.severity === 'critical' && memory.clean === 0;
  return reminds && isOver(memory.lastToldAt, reminderAfterMs, now) ? 'reminder' : null;
}

/** Whether so much time went by; a clock that was set back since counts as if it had. */
const isOver = (since: number | null, ms: number, now: number): boolean =>
  since === null || now - since >= ms || now < since - ms;

/** How many more looks that do not see it close an incident; null: the last one saw it, or nothing is remembered of it. */
export function looksToClose({ unstable }: Pick<Incident, 'unstable'>, memory: Partial<Memory> | null): number | null {
  const clean = memory?.clean ?? 0;
  return clean === 0 ? null : Math.max(1, (unstable ? lookedBack : cleanLooks) - clean);
}

/** When to look again at what this look left in doubt: a failure that is not confirmed, or an incident that seems over. */
function doubted(now: Known, { now: at }: Look, { confirm }: WatchSettings): Pick<Step, 'now' | 'doubt'> {
  const { incident, memory } = now;
  const inDoubt =
    incident.targets.length > 0 &&
    !incident.unstable &&
    ((incident.state === 'suspected' && memory.seen < confirm) || (incident.state === 'open' && memory.clean > 0));
  if (!inDoubt) return { now: { ...now, memory: { ...memory, again: 0 } }, doubt: null };
  const wait = againAfterMs[memory.again];
  if (wait === undefined) return { now, doubt: null };
  return { now: { ...now, memory: { ...memory, again: memory.again + 1 } }, doubt: at + wait };
}
