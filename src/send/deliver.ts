/** Empties the spool into the first place that takes messages; what nobody takes stays for the next time. */
import type { Clock } from '../clock.ts';
import { type Outgoing, type PlaceHost, send } from './place.ts';
import type { Place } from './place-text.ts';
import type { Spool, Waiting } from './spool.ts';

export interface Delivered {
  readonly sent: number;
  /** Still in the spool. */
  readonly waiting: number;
  /** Taken by nobody and never will be: revoked, or not understood. */
  readonly refused: number;
  /** In the order of the places, with the place as it was written. */
  readonly troubles: readonly { readonly place: string; readonly why: string }[];
}

/** What one post holds at most. */
const mostMessages = 500;
const mostCharacters = 4 * 1024 * 1024;

function batchOf(waiting: readonly Waiting[]): readonly Outgoing[] {
  const batch: Outgoing[] = [];
  let size = 0;
  for (const one of waiting) {
    if (batch.length === mostMessages || (batch.length > 0 && size + one.bytes > mostCharacters)) break;
    size += one.bytes;
    batch.push({ seq: one.seq, text: one.read() });
  }
  return batch;
}

/** `name` is of the machine's key, for files in a folder. */
export async function deliver(
  spool: Spool,
  places: readonly { readonly place: Place; readonly shown: string }[],
  name: string,
  clock: Clock,
  host: PlaceHost,
): Promise<Delivered> {
  const troubles: { place: string; why: string }[] = [];
  let [sent, refused] = [0, 0];
  const end = (): Delivered => ({ sent, refused, waiting: spool.waiting().length, troubles });
  const now = clock.wall();
  // A time far ahead was written by a clock that was wrong.
  const isEarly = spool.notBefore() > now && spool.notBefore() - now < 7 * 86_400_000;
  for (const { place, shown } of places) {
    // It was a collector that asked to wait: folders and outputs take messages at any time.
    if (isEarly && place.kind === 'collector') continue;
    let reached = true;
    for (let all = spool.waiting(); all.length > 0; all = spool.waiting()) {
      const batch = batchOf(all);
      const said = await send(place, batch, name, host);
      if (said.kind === 'trouble') {
        troubles.push({ place: shown, why: said.why });
        reached = false;
        break;
      }
      let later = 0;
      batch.forEach(({ seq }, index) => {
        const fate = said.fates[index] ?? 'later';
        if (fate === 'later') {
          later += 1;
          return;
        }
        if (fate === 'taken') sent += 1;
        else refused += 1;
        spool.remove(seq);
      });
      if (said.detail !== null) troubles.push({ place: shown, why: said.detail });
      if (later > 0) {
        spool.waitUntil(said.retryAfterMs === 0 ? 0 : clock.wall() + said.retryAfterMs);
        return end();
      }
    }
    // Who was reached has said all there is to say: the next place stands in only for one that is out of reach.
    if (reached) break;
  }
  return end();
}
