/** What the store says of the whole fleet: the last message of each machine, explained; who is silent, who waits. */
import { correlateFleet } from '../fleet/correlate.ts';
import type { FleetDiagnosis, Look } from '../model/fleet.ts';
import type { Sender, Window } from '../store/collected.ts';
import { unpacked } from '../store/packed.ts';
import { pagedRows } from '../store/pages.ts';
import type { Store } from '../store/store.ts';
import { graceMs } from '../watch/compare.ts';

export interface FleetView {
  readonly at: number;
  readonly diagnosis: FleetDiagnosis;
  readonly looks: readonly Look[];
  readonly senders: readonly Sender[];
  readonly silent: readonly Sender[];
  readonly waiting: readonly Sender[];
  readonly window: Window;
}

type LastMessage = Awaited<ReturnType<Store['lastMessages']>>[number];

/** Rows of one question. */
const page = 500;
/** Waiting keys that are shown. */
const mostWaiting = 1000;

/** How long a machine may say nothing: its own interval and the grace of a watch, else what the collector was told. */
export const silenceAfter = (everyMs: number | undefined, silentAfterMs: number): number =>
  everyMs === undefined ? silentAfterMs : everyMs + graceMs;

export async function readFleet(
  store: Store,
  { now, perMs, silentAfterMs }: { readonly now: number; readonly perMs: number; readonly silentAfterMs: number },
): Promise<FleetView> {
  const looks: Look[] = [];
  const senders: Sender[] = [];
  const messages = pagedRows<LastMessage>(page, (last) =>
    store.lastMessages({ most: page, ...(last === undefined ? {} : { after: last.sender.key }) }),
  );
  for await (const { sender, look } of messages) {
    senders.push(sender);
    if (look !== null) looks.push(unpacked(look) as Look);
  }
  const waiting = await store.senders({ state: 'waiting', most: mostWaiting });
  const window = await store.window(now - (now % perMs));
  const everyMs = new Map(looks.flatMap(({ machine, everyMs: own }) => (own === undefined ? [] : [[machine, own]])));
  const silent = senders.filter(
    ({ fingerprint, lastAt }) => now - lastAt > silenceAfter(everyMs.get(fingerprint), silentAfterMs),
  );
  return { at: now, diagnosis: correlateFleet(looks), looks, senders, silent, waiting, window };
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
