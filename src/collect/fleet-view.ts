/** What the store says of the whole fleet: the last message of each machine, explained; who is silent, who waits. */
import type { Clock } from '../clock.ts';
import { correlating, isFine } from '../fleet/correlate.ts';
import type { FleetDiagnosis, Look } from '../model/fleet.ts';
import { inPieces, rest } from '../pieces.ts';
import type { Sender, Window } from '../store/collected.ts';
import { lookFrom } from '../store/last-look.ts';
import { unpacked } from '../store/packed.ts';
import type { Store } from '../store/store.ts';
import { graceMs } from '../watch/presence.ts';

export interface FleetView {
  readonly at: number;
  readonly diagnosis: FleetDiagnosis;
  readonly looks: readonly Look[];
  readonly senders: readonly Sender[];
  readonly silent: readonly Sender[];
  readonly waiting: readonly Sender[];
  readonly window: Window;
}

/** Machines of one question. */
const page = 250;
/** Whole looks of one question. */
const wholeAtOnce = 50;
/** A machine that sends in between changes what is asked for; not so often. */
const mostTries = 3;

/** How long a machine may say nothing: its own interval and the grace of a watch, else what the collector was told. */
export const silenceAfter = (everyMs: number | undefined, silentAfterMs: number): number =>
  everyMs === undefined ? silentAfterMs : everyMs + graceMs;

/** Since when is of no matter: whether that one said nothing for too long. */
export const isSilent = (
  { state, lastAt }: Pick<Sender, 'state' | 'lastAt'>,
  everyMs: number | undefined,
  { now, silentAfterMs }: { readonly now: number; readonly silentAfterMs: number },
): boolean => state === 'admitted' && now - lastAt > silenceAfter(everyMs, silentAfterMs);

/** What earlier views read. What a message said never changes, whichever collector took it: none of this grows old. */
interface Known {
  /** By the digest of each: machines of one catalog see the same endpoints, mostly with the same outcome. */
  readonly lists: Map<string, Look['endpoints']>;
  /** The last look of a sender, by its key. */
  readonly looks: Map<string, { readonly seq: number; readonly look: Look }>;
  /** What the looks of the last view say. */
  explained: Pick<FleetView, 'looks' | 'diagnosis'> | null;
}

export const nothingKnown = (): Known => ({ lists: new Map(), looks: new Map(), explained: null });

type LastLooks = Awaited<ReturnType<Store['lastLooks']>>;

/** Reads the lists that are not known yet, each once, out of the message of a machine that saw it. */
async function learnLists(store: Store, looks: LastLooks, lists: Known['lists']): Promise<void> {
  const unknown = new Map(
    looks.flatMap(({ key, look }) => (lists.has(look.endpoints) ? [] : [[look.endpoints, key] as const])),
  );
  const keys = [...unknown.values()];
  for (let from = 0; from < keys.length; from += wholeAtOnce) {
    for (const { endpoints, look } of await store.lastMessages(keys.slice(from, from + wholeAtOnce))) {
      lists.set(endpoints, (unpacked(look) as Look).endpoints);
    }
    await rest();
  }
}

/** Reads the last looks of those senders that have said something since. */
async function learn(store: Store, senders: readonly Sender[], { lists, looks }: Known): Promise<void> {
  let keys = senders.flatMap(({ key, lastSeq }) => (looks.get(key)?.seq === lastSeq ? [] : [key]));
  for (let tries = 1; keys.length > 0 && tries <= mostTries; tries += 1) {
    const last = await store.lastLooks(keys);
    await learnLists(store, last, lists);
    keys = [];
    for (const { key, seq, look } of last) {
      const endpoints = lists.get(look.endpoints);
      if (endpoints === undefined) keys.push(key);
      else looks.set(key, { seq, look: lookFrom(look, endpoints) });
    }
    await rest();
  }
}

/** Lets go of what no view needs any more. */
function forget({ lists, looks }: Known, senders: readonly Sender[]): void {
  const keys = new Set(senders.map(({ key }) => key));
  for (const key of looks.keys()) if (!keys.has(key)) looks.delete(key);
  const used = new Set(Array.from(looks.values(), ({ look }) => look.endpoints));
  for (const [digest, list] of lists) if (!used.has(list)) lists.delete(digest);
}

/** Those that were let in, with their last looks; those that wait. */
async function readSenders(store: Store, known: Known): Promise<Pick<FleetView, 'senders' | 'looks' | 'waiting'>> {
  const senders: Sender[] = [];
  const waiting: Sender[] = [];
  const looks: Look[] = [];
  for (let after: string | undefined; ; ) {
    const some = await store.senders({ most: page, ...(after === undefined ? {} : { after }) });
    const admitted = some.filter(({ state }) => state === 'admitted');
    await learn(store, admitted, known);
    senders.push(...admitted);
    waiting.push(...some.filter(({ state }) => state === 'waiting'));
    looks.push(...admitted.flatMap(({ key }) => known.looks.get(key)?.look ?? []));
    after = some.at(-1)?.key;
    if (some.length < page) return { senders, waiting, looks };
    await rest();
  }
}

export interface FleetSettings {
  readonly clock: Clock;
  readonly perMs: number;
  /** A machine that said nothing for longer is silent. */
  readonly silentAfterMs: number;
}

/** The same looks say the same. */
async function explain(looks: readonly Look[], known: Known, clock: Clock): Promise<FleetDiagnosis> {
  const last = known.explained;
  const isSame = last?.looks.length === looks.length && looks.every((look, index) => look === last.looks[index]);
  if (isSame) return last.diagnosis;
  const diagnosis = await inPieces(correlating(looks), clock);
  known.explained = { looks, diagnosis };
  return diagnosis;
}

/** Piece by piece, so that posts are taken meanwhile; of what is known, nothing is read again. */
export async function readFleet(
  store: Store,
  { clock, perMs, silentAfterMs }: FleetSettings,
  known: Known = nothingKnown(),
): Promise<FleetView> {
  const now = clock.wall();
  const { senders, waiting, looks } = await readSenders(store, known);
  forget(known, senders);
  const window = await store.window(now - (now % perMs));
  const everyMs = new Map(looks.flatMap(({ machine, everyMs: own }) => (own === undefined ? [] : [[machine, own]])));
  const silent = senders.filter((sender) => isSilent(sender, everyMs.get(sender.fingerprint), { now, silentAfterMs }));
  const explained = await explain(looks, known, clock);
  // Of whom nothing was heard for too long, nobody knows.
  const unheard = new Set(silent.map(({ fingerprint }) => fingerprint));
  const fine = looks.filter((look) => isFine(look) && !unheard.has(look.machine)).length;
  const { machines } = explained;
  const diagnosis = fine === machines.fine ? explained : { ...explained, machines: { ...machines, fine } };
  return { at: now, diagnosis, looks, senders, silent, waiting, window };
}

/** The same view for whoever asks within a few seconds: it takes a walk over the whole fleet. */
export function cachedFleet(
  read: () => Promise<FleetView>,
  now: () => number,
  keepMs = 5000,
): () => Promise<FleetView> {
  let last: { readonly at: number; readonly view: Promise<FleetView> } | null = null;
  return () => {
    if (last !== null && now() - last.at < keepMs) return last.view;
    const view = read();
    const mine = { at: now(), view };
    last = mine;
    view.catch(() => {
      if (last === mine) last = null;
    });
    return view;
  };
}
