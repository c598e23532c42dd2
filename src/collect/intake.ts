/**
 * Messages → the store, in one transaction: all that is new in a post, charged to the window of the throttle, or none of it.
 * Acknowledged means committed. From message to message others have their turn: a file of SQLite answers at once, so that all
 * posts that are there would be worked off within one turn of the event loop, and connections on which a request has come long
 * ago would be closed meanwhile for being idle.
 */

import { withHistory } from '../fleet/tables.ts';
import type { Look } from '../model/fleet.ts';
import { rest } from '../pieces.ts';
import type { Sender, Window } from '../store/collected.ts';
import { lastLookOf } from '../store/last-look.ts';
import { packed, unpacked } from '../store/packed.ts';
import type { Steps, Store } from '../store/store.ts';
import { putCompared } from '../watch/record.ts';
import { type Arrived, type NotYet, tokenFor, tooManyOf } from './let-in.ts';
import { nameOf, type ProvenMessage } from './read-message.ts';
import { type Coming, isNear, isWrittenAfter, measuredAt, skewOf } from './sender-clock.ts';

/** What is counted of a machine stays a number that every store can hold. */
const mostCounted = 1_000_000_000_000;

export type Result = 'stored' | 'duplicate' | NotYet | 'revoked' | 'conflict' | 'invalid' | 'throttled';

export interface IntakeSettings {
  readonly limit: number;
  readonly perMs: number;
  /** Everybody is let in at once. */
  readonly acceptNew: boolean;
}

export interface Arrival extends Coming {
  /** The address that it came from. */
  readonly egress: string;
  /** From 0 to 1: spreads those that come again. */
  readonly chance: number;
}

export type Outcome =
  /** `retryAfterMs` is of those that are throttled; 0: none is. */
  | { readonly kind: 'results'; readonly results: readonly Result[]; readonly retryAfterMs: number }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number };

/** Of a window, kept for bad news. */
const reserved = 0.2;
const limitsOf = (limit: number): { readonly all: number; readonly good: number } => ({
  all: limit,
  good: limit - Math.floor(limit * reserved),
});
/** So many earlier messages are looked at for a name that comes back. */
const mostNames = 20;

class Throttled extends Error {}

const iso = (at: number): string => new Date(at).toISOString();

/** A result for each message, in their order. `most`: so many of the first are tried. */
export async function accept(
  store: Store,
  messages: readonly Arrived[],
  settings: IntakeSettings,
  arrival: Arrival,
  // More than a whole window takes would never be taken: the rest comes again.
  most: number = limitsOf(settings.limit).good,
): Promise<Outcome> {
  if (messages.length === 0) return { kind: 'results', results: [], retryAfterMs: 0 };
  const window = arrival.now - (arrival.now % settings.perMs);
  const some = messages.slice(0, most);
  const rest = messages.slice(some.length);
  try {
    const results = await store.transaction((steps) => acceptAll(steps, some, settings, arrival, window));
    const retryAfterMs = rest.length === 0 ? 0 : await comeAgain(store, rest.length, settings, arrival, window);
    return { kind: 'results', results: [...results, ...rest.map((): Result => 'throttled')], retryAfterMs };
  } catch (error) {
    if (isOfData(error)) return await oneByOne(store, messages, settings, arrival);
    if (!(error instanceof Throttled)) throw error;
    // Who has many would never find a window that has room for all of them.
    const fitting = fittingOf(some, await store.window(window), limitsOf(settings.limit));
    if (fitting > 0 && fitting < some.length) return await accept(store, messages, settings, arrival, fitting);
    const retryAfterMs = await comeAgain(store, messages.length, settings, arrival, window);
    return { kind: 'throttled', retryAfterMs };
  }
}

/** How many of the first of them a window still has room for. */
function fittingOf(
  messages: readonly Arrived[],
  { stored, critical }: Pick<Window, 'stored' | 'critical'>,
  { all, good }: ReturnType<typeof limitsOf>,
): number {
  let [left, leftGood] = [all - stored, good - (stored - critical)];
  const over = messages.findIndex((message) => {
    left -= 1;
    if (!('critical' in message && message.critical)) leftGood -= 1;
    return left < 0 || leftGood < 0;
  });
  return over < 0 ? messages.length : over;
}

/** Who keeps posting into a full window puts nobody else off for longer. */
const farthestMs = 86_400_000;

/** What was refused before decides in which window these have their turn; within it, chance. */
async function comeAgain(
  store: Store,
  count: number,
  { limit, perMs }: IntakeSettings,
  { now, chance }: Arrival,
  window: number,
): Promise<number> {
  const windows = Math.floor(((await store.refuse(window, count)) - count) / limit);
  return window + perMs - now + Math.min(windows * perMs, farthestMs) + chance * perMs;
}

/** PostgreSQL says so of a number or a text that no column holds (SQLSTATE class 22). */
const isOfData = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^22[0-9A-Z]{3}$/.test(error.code);

/** Finds the message that no table can hold; the others are as good as without it. */
async function oneByOne(
  store: Store,
  messages: readonly Arrived[],
  settings: IntakeSettings,
  arrival: Arrival,
): Promise<Outcome> {
  if (messages.length <= 1) return { kind: 'results', results: messages.map(() => 'invalid'), retryAfterMs: 0 };
  const results: Result[] = [];
  let retryAfterMs = 0;
  for (const message of messages) {
    const outcome = await accept(store, [message], settings, arrival);
    retryAfterMs = Math.max(retryAfterMs, outcome.retryAfterMs);
    results.push(...(outcome.kind === 'throttled' ? (['throttled'] as const) : outcome.results));
  }
  return { kind: 'results', results, retryAfterMs };
}

async function acceptAll(
  steps: Steps,
  messages: readonly Arrived[],
  settings: IntakeSettings,
  arrival: Arrival,
  window: number,
): Promise<readonly Result[]> {
  const results = messages.map((): Result => 'invalid');
  // In one order, whoever sends: two transactions that want the same rows then never wait for each other.
  const order = [...messages.keys()].sort((a, b) => {
    const [one, other] = [messages[a]?.head, messages[b]?.head];
    if (one === undefined || other === undefined) return 0;
    return one.key < other.key ? -1 : one.key > other.key ? 1 : one.sequence - other.sequence;
  });
  const [used, limits] = [await steps.window(window), limitsOf(settings.limit)];
  let [good, critical] = [0, 0];
  for (const index of order) {
    const message = messages[index];
    if (message === undefined) continue;
    await rest();
    const result = await acceptOne(steps, message, settings, arrival);
    results[index] = result;
    if (result !== 'stored' || !('critical' in message)) continue;
    if (message.critical) critical += 1;
    else good += 1;
    // No more work on what won't stay: a full window would cost most who posts most into it. The charge has the last word.
    const isOver = used.stored - used.critical + good > limits.good && good > 0;
    if (isOver || used.stored + good + critical > limits.all) throw new Throttled();
  }
  if (results.includes('waiting')) await steps.dropWaiting(tooManyOf(await steps.waitingSenders()));
  if (!(await steps.charge(window, good, critical, limits))) throw new Throttled();
  return results;
}

async function acceptOne(steps: Steps, message: Arrived, settings: IntakeSettings, arrival: Arrival): Promise<Result> {
  const { now, egress } = arrival;
  const { head, fingerprint } = message;
  const sender = await admitted(steps, message, settings, now, egress);
  if (sender.state !== 'admitted') return sender.state === 'revoked' ? 'revoked' : 'waiting';
  // Let in since its head was looked at: it comes again.
  if (!('report' in message)) return 'waiting';
  // As free as a replay of what is still here: nothing is counted or said twice.
  if (head.sequence < sender.lastSeq && (await steps.wasPruned(head.key, head.sequence))) return 'duplicate';
  const last = sender.lastSeq === 0 ? null : await steps.messageOf(head.key, sender.lastSeq);
  const before = last === null ? null : (unpacked(last) as Look);
  // A clock that runs ahead, or whoever has the key, may have used numbers of years to come: they hide nothing that is said since.
  const isBehind = head.sequence < sender.lastSeq && isWrittenAfter(head, arrival, sender.lastAt);
  const isLatest = isBehind || head.sequence > sender.lastSeq;
  const name = nameOf(head, fingerprint);
  const skewMs = skewOf(head, arrival) ?? sender.skewMs;
  const lastAt = isLatest && before !== null ? Date.parse(before.at) : null;
  const at = measuredAt(message.startedAt, skewMs, now, lastAt);
  const look = message.look(iso(at), egress);
  const kept = isLatest ? withHistory(before, look) : look;
  const row = {
    key: head.key,
    seq: head.sequence,
    receivedAt: now,
    critical: message.critical,
    digest: message.digest,
  };
  const added = await steps.addMessage({ ...row, look: packed(kept) });
  if (added === 'other') {
    await tellConflict(steps, sender, name, now);
    return 'conflict';
  }
  if (added === 'same') return 'duplicate';
  await keepReport(steps, message, { isLatest, at, now });
  const isSame = isLatest && name === sender.name;
  const isTwo = isBehind || (!isSame && (await isOfTwo(steps, message, isLatest ? null : sender.name)));
  if (isTwo) await tellConflict(steps, sender, name, now);
  if (isLatest) await steps.putLastLook(head.key, lastLookOf(kept));
  await steps.putSender({
    ...sender,
    conflicts: sender.conflicts + (isTwo ? 1 : 0),
    // What comes late says nothing of where the machine is now, or that it still is.
    ...(isLatest ? { name, egress, lastAt: now, lastSeq: head.sequence } : {}),
    dropped: Math.min(sender.dropped + head.dropped, mostCounted),
    skewMs,
  });
  return 'stored';
}

/** A name that comes back after another one: two machines with one key say theirs in turn. `last`: of a later message. */
async function isOfTwo(steps: Steps, { head, fingerprint }: ProvenMessage, last: string | null): Promise<boolean> {
  const name = nameOf(head, fingerprint);
  const before = await steps.looksBefore(head.key, head.sequence, mostNames);
  const names = before.map((look) => (unpacked(look) as Look).name);
  const isBack = name !== (names[0] ?? name) && names.includes(name);
  return isBack || (last !== null && last !== name && names.includes(last));
}

/** One report opens an incident: who sends has looked again where it was in doubt. */
const incidentSettings = { confirm: 1, everyMs: 86_400_000 } as const;

async function tellConflict(steps: Steps, sender: Sender, name: string, now: number): Promise<void> {
  const { fingerprint, conflicts } = sender;
  await steps.putSender({ ...sender, conflicts: conflicts + 1 });
  // The first time: who has a stolen key could fill the disk with the rest, which is counted.
  if (conflicts > 0) return;
  await steps.addAudit({ at: now, what: 'conflict', fingerprint, detail: name, actor: '' });
}

/** A whole report is a look of its machine, and what is open there follows from it. */
async function keepReport(
  steps: Steps,
  { fingerprint, report: sent, facts }: ProvenMessage,
  { isLatest, at, now }: { readonly isLatest: boolean; readonly at: number; readonly now: number },
): Promise<void> {
  if (sent === null) return;
  const report = isNear(sent.startedAt, now) ? sent : { ...sent, startedAt: iso(at) };
  // A machine is its key: two may have one name, and one has another name each time where it is a pod.
  const name = fingerprint;
  await steps.record(report, isLatest ? 'collected' : 'late', name);
  // What is late says nothing of what is open now.
  if (isLatest) await putCompared(steps, { name, machine: null, report, facts, full: true, now: at }, incidentSettings);
}

/** Who sends, let in now if its token or the settings say so. */
async function admitted(
  steps: Steps,
  { head, fingerprint }: Arrived,
  { acceptNew }: IntakeSettings,
  now: number,
  egress: string,
): Promise<Sender> {
  // First of all: two posts of one machine then wait for each other here, and nowhere else.
  const known = await steps.lockSender(head.key, fingerprint, now);
  if (known.state === 'admitted' || known.state === 'revoked') return known;
  const name = nameOf(head, fingerprint);
  const shown = await tokenFor(steps, head, now);
  // Another one may show it at the same time.
  const token = typeof shown !== 'string' && (await steps.useToken(shown.id, fingerprint, now)) ? shown : null;
  const state = token !== null || acceptNew ? 'admitted' : 'waiting';
  const sender: Sender = { ...known, state, name, lastAt: now, egress };
  if (known.state === 'new' || state === 'admitted') await steps.putSender(sender);
  if (state === 'admitted') {
    const actor = token?.id ?? '';
    await steps.addAudit({ at: now, what: 'enrolled', fingerprint, detail: name, actor });
  }
  return sender;
}
