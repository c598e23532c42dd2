/**
 * Messages → the store, in one transaction: all that is new in a post, charged to the window of the throttle, or none of it.
 * Acknowledged means committed.
 */

import { withHistory } from '../fleet/tables.ts';
import type { Look } from '../model/fleet.ts';
import { proofOf } from '../send/message.ts';
import type { Sender } from '../store/collected.ts';
import { packed, unpacked } from '../store/packed.ts';
import type { Steps, Store } from '../store/store.ts';
import { putCompared } from '../watch/record.ts';
import { nameOf, type ProvenMessage } from './read-message.ts';

/** What is counted of a machine stays a number that every store can hold. */
const mostCounted = 1_000_000_000_000;

export type Result = 'stored' | 'duplicate' | 'waiting' | 'revoked' | 'conflict' | 'invalid';

export interface IntakeSettings {
  readonly limit: number;
  readonly perMs: number;
  /** Everybody is let in at once. */
  readonly acceptNew: boolean;
}

export interface Arrival {
  readonly now: number;
  /** The address that it came from. */
  readonly egress: string;
  /** From 0 to 1: spreads those that come again. */
  readonly chance: number;
}

export type Outcome =
  | { readonly kind: 'results'; readonly results: readonly Result[] }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number };

/** Keys that wait for somebody to let them in; the first ones go. */
export const mostWaiting = 1000;
/** Of a window, kept for bad news. */
const reserved = 0.2;

class Throttled extends Error {}

const iso = (at: number): string => new Date(at).toISOString();
/** No clock that a Date can't hold. */
const latest = 8.64e15;
const instantOf = (text: string, now: number): number => {
  const at = Date.parse(text);
  return Number.isFinite(at) && Math.abs(at) <= latest ? at : now;
};

export async function accept(
  store: Store,
  messages: readonly (ProvenMessage | null)[],
  settings: IntakeSettings,
  arrival: Arrival,
): Promise<Outcome> {
  const { now } = arrival;
  const window = now - (now % settings.perMs);
  try {
    const results = await store.transaction((steps) => acceptAll(steps, messages, settings, arrival, window));
    return { kind: 'results', results };
  } catch (error) {
    if (isOfData(error)) return await oneByOne(store, messages, settings, arrival);
    if (!(error instanceof Throttled)) throw error;
    // What was refused before decides in which window this one has its turn; within it, chance.
    const refused = await store.refuse(window, messages.length);
    const windows = Math.floor((refused - messages.length) / settings.limit);
    const end = window + settings.perMs - now;
    return { kind: 'throttled', retryAfterMs: end + windows * settings.perMs + arrival.chance * settings.perMs };
  }
}

/** PostgreSQL says so of a number or a text that no column holds (SQLSTATE class 22). */
const isOfData = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^22[0-9A-Z]{3}$/.test(error.code);

/** Finds the message that no table can hold; the others are as good as without it. */
async function oneByOne(
  store: Store,
  messages: readonly (ProvenMessage | null)[],
  settings: IntakeSettings,
  arrival: Arrival,
): Promise<Outcome> {
  if (messages.length <= 1) return { kind: 'results', results: messages.map(() => 'invalid') };
  const results: Result[] = [];
  for (const message of messages) {
    const outcome = await accept(store, [message], settings, arrival);
    if (outcome.kind === 'throttled') return outcome;
    results.push(...outcome.results);
  }
  return { kind: 'results', results };
}

async function acceptAll(
  steps: Steps,
  messages: readonly (ProvenMessage | null)[],
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
  let [good, critical] = [0, 0];
  for (const index of order) {
    const message = messages[index];
    if (message === null || message === undefined) continue;
    const result = await acceptOne(steps, message, settings, arrival);
    results[index] = result;
    if (result !== 'stored') continue;
    if (message.critical) critical += 1;
    else good += 1;
  }
  const limits = { all: settings.limit, good: settings.limit - Math.floor(settings.limit * reserved) };
  if (!(await steps.charge(window, good, critical, limits))) throw new Throttled();
  return results;
}

async function acceptOne(
  steps: Steps,
  message: ProvenMessage,
  settings: IntakeSettings,
  { now, egress }: Arrival,
): Promise<Result> {
  const { head, fingerprint } = message;
  const sender = await admitted(steps, message, settings, now, egress);
  if (sender.state !== 'admitted') return sender.state === 'revoked' ? 'revoked' : 'waiting';
  const last = sender.lastSeq === 0 ? null : await steps.messageOf(head.key, sender.lastSeq);
  const before = last === null ? null : (unpacked(last) as Look);
  const isLatest = head.sequence > sender.lastSeq;
  const look = message.look(iso(now), egress);
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
    await tellConflict(steps, sender, nameOf(head, fingerprint), now);
    return 'conflict';
  }
  if (added === 'same') return 'duplicate';
  await keepReport(steps, message, isLatest, now);
  await steps.putSender({
    ...sender,
    name: isLatest ? nameOf(head, fingerprint) : sender.name,
    lastAt: now,
    lastSeq: Math.max(sender.lastSeq, head.sequence),
    egress,
    dropped: Math.min(sender.dropped + head.dropped, mostCounted),
    skewMs: isLatest ? instantOf(head.at, now) - now : sender.skewMs,
  });
  return 'stored';
}

/** What the store calls a machine: two may have one name. */
export const storedAs = (name: string, fingerprint: string): string => `${name} (${fingerprint.slice(0, 8)})`;

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
  { head, fingerprint, report }: ProvenMessage,
  isLatest: boolean,
  now: number,
): Promise<void> {
  if (report === null) return;
  const name = storedAs(nameOf(head, fingerprint), fingerprint);
  await steps.record(report, 'collected', name);
  // What is late says nothing of what is open now.
  if (isLatest) await putCompared(steps, { name, machine: null, report, full: true, now }, incidentSettings);
}

/** Who sends, let in now if its token or the settings say so. */
async function admitted(
  steps: Steps,
  { head, fingerprint }: ProvenMessage,
  { acceptNew }: IntakeSettings,
  now: number,
  egress: string,
): Promise<Sender> {
  // First of all: two posts of one machine then wait for each other here, and nowhere else.
  const known = await steps.lockSender(head.key, fingerprint, now);
  if (known.state === 'admitted' || known.state === 'revoked') return known;
  const name = nameOf(head, fingerprint);
  const token = head.enrol === undefined ? null : await steps.token(head.enrol.token);
  const proven =
    token !== null &&
    token.usedBy === null &&
    token.until > now &&
    head.enrol?.proof === proofOf(token.secret, head.key);
  const state = proven || acceptNew ? 'admitted' : 'waiting';
  const sender: Sender = { ...known, state, name, lastAt: now, egress };
  if (proven && token !== null) await steps.putToken({ ...token, usedBy: fingerprint });
  if (known.state === 'new' && state === 'waiting' && (await steps.countSenders('waiting')) >= mostWaiting) {
    await steps.dropOldestSender('waiting');
  }
  if (known.state === 'new' || state === 'admitted') await steps.putSender(sender);
  if (state === 'admitted') {
    const actor = proven ? (token?.id ?? '') : '';
    await steps.addAudit({ at: now, what: 'enrolled', fingerprint, detail: name, actor });
  }
  return sender;
}
