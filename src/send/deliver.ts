/** Empties the spool into the first place that takes messages; what nobody takes stays for the next time. */
import type { Clock } from '../clock.ts';
import type { UsageError } from '../usage-error.ts';
import { type Fate, type Outgoing, type PlaceHost, send } from './place.ts';
import type { Place } from './place-text.ts';
import type { Spool, Waiting } from './spool.ts';

export interface Delivered {
  readonly sent: number;
  /** Still in the spool. */
  readonly waiting: number;
  /** Taken by nobody and never will be: revoked, or not understood. */
  readonly refused: number;
  /** In the order of the places, with the place as it was written. */
  readonly troubles: readonly { readonly place: string; readonly why: string | UsageError }[];
}

/** What one post holds at most. */
const mostMessages = 500;
const mostCharacters = 4 * 1024 * 1024;

type Batched = Outgoing & Pick<Waiting, 'name' | 'critical'>;

function batchOf(waiting: readonly Waiting[]): readonly Batched[] {
  const batch: Batched[] = [];
  let size = 0;
  for (const one of waiting) {
    if (batch.length === mostMessages || (batch.length > 0 && size + one.bytes > mostCharacters)) break;
    size += one.bytes;
    batch.push({ name: one.name, seq: one.seq, critical: one.critical, text: one.read() });
  }
  return batch;
}

/** For how long a collector has asked to wait. A time far ahead was written by a clock that was wrong. */
export function toWait(spool: Pick<Spool, 'notBefore'>, now: number): number {
  const ms = spool.notBefore() - now;
  return ms > 0 && ms <= 7 * 86_400_000 ? ms : 0;
}

/** What was taken, or never will be, goes from the spool; how many of each. */
function settle(spool: Spool, batch: readonly Batched[], fates: readonly Fate[]): Readonly<Record<Fate, number>> {
  const counts = { taken: 0, later: 0, hopeless: 0 };
  batch.forEach(({ name }, index) => {
    const fate = fates[index] ?? 'later';
    counts[fate] += 1;
    if (fate !== 'later') spool.remove(name);
  });
  return counts;
}

/** As a collector asked; what another one asked for, and is not over, stays. */
const putOff = (spool: Spool, until: number, isEarly: boolean): void =>
  spool.waitUntil(isEarly ? Math.max(until, spool.notBefore()) : until);

/** `name` is of the machine's key, for files in a folder. */
export async function deliver(
  spool: Spool,
  places: readonly { readonly place: Place; readonly shown: string }[],
  name: string,
  clock: Clock,
  host: PlaceHost,
): Promise<Delivered> {
  const troubles: { place: string; why: string | UsageError }[] = [];
  let [sent, refused] = [0, 0];
  const isEarly = toWait(spool, clock.wall()) > 0;
  let isAnswered = false;
  let askedMs = 0;
  for (const { place, shown } of places) {
    const isCollector = place.kind === 'collector';
    // One collector has said what there is to say; until then it asked for no good news.
    if (isCollector && isAnswered) continue;
    // It was a collector that asked to wait: folders and outputs take messages at any time.
    let onlyBad = isEarly && isCollector;
    let reached = true;
    const due = (): readonly Waiting[] => spool.waiting().filter(({ critical }) => critical || !onlyBad);
    for (let all = due(); all.length > 0; all = due()) {
      const batch = batchOf(all);
      const said = await send(place, batch, name, host);
      if (said.kind === 'trouble') {
        troubles.push({ place: shown, why: said.why });
        askedMs = Math.max(askedMs, said.retryAfterMs);
        reached = false;
        break;
      }
      const counts = settle(spool, batch, said.fates);
      sent += counts.taken;
      refused += counts.hopeless;
      if (said.detail !== null) troubles.push({ place: shown, why: said.detail });
      if (counts.later === 0) continue;
      putOff(spool, said.retryAfterMs === 0 ? 0 : clock.wall() + said.retryAfterMs, isEarly);
      // A window that is full for good news may have room for bad: a post with both was refused as a whole.
      const isMixed = !onlyBad && said.detail === 'throttled' && batch.some(({ critical }) => !critical);
      if (!isMixed) break;
      onlyBad = true;
    }
    // Who was reached has said all there is to say: the next place stands in only for one that is out of reach.
    if (reached && !(isEarly && isCollector)) break;
    isAnswered ||= reached;
  }
  const waiting = spool.waiting().length;
  // Nobody took it, and one of them said when it will be there again.
  if (waiting > 0 && askedMs > 0) spool.waitUntil(clock.wall() + Math.max(askedMs, toWait(spool, clock.wall())));
  return { sent, refused, waiting, troubles };
}
