/** Empties the spool into the first place that takes messages; what nobody takes stays for the next time. */
import type { Clock } from '../clock.ts';
import { codeOf } from '../error-code.ts';
import { asWritten, readSignedLines } from '../signed/signed-lines.ts';
import type { UsageError } from '../usage-error.ts';
import { messageBounds } from './message.ts';
import { type Fate, type Outgoing, outsideWords, type PlaceHost, send } from './place.ts';
import type { Place } from './place-text.ts';
import type { Spool, Waiting } from './spool.ts';

export interface Delivered {
  readonly sent: number;
  /** Still in the spool. */
  readonly waiting: number;
  /** Taken by nobody and never will be: revoked, not understood, or no message. */
  readonly refused: number;
  /** In the order of the places, with the place as it was written. */
  readonly troubles: readonly Told[];
}

/** What one post holds at most. */
const mostMessages = 500;
const mostCharacters = 4 * 1024 * 1024;

type Batched = Outgoing & Pick<Waiting, 'name' | 'critical' | 'bytes'>;

/** A file that is not sent: what nobody ever takes goes; what the disk does not give now stays, and others go past it. */
interface Unfit {
  readonly name: string;
  readonly why: 'message-too-large' | 'no-message' | 'unreadable' | 'gone';
}

/** What a file holds, proven before it is sent: a text without its end would swallow the message behind it. */
function opened({ name, seq, critical, bytes, read }: Waiting): Batched | Unfit {
  if (bytes > messageBounds.mostBytes) return { name, why: 'message-too-large' };
  try {
    const text = asWritten(read());
    const { problem, signer } = readSignedLines(Buffer.from(text), messageBounds);
    if (problem !== null || signer === null) return { name, why: 'no-message' };
    return { name, seq, critical, bytes, text, signer: signer.fingerprint };
  } catch (error) {
    // Somebody else has sent it meanwhile.
    return { name, why: codeOf(error) === 'ENOENT' ? 'gone' : 'unreadable' };
  }
}

function batchOf(
  waiting: readonly Waiting[],
  most: number,
): { readonly batch: readonly Batched[]; readonly unfit: readonly Unfit[] } {
  const batch: Batched[] = [];
  const unfit: Unfit[] = [];
  let size = 0;
  for (const one of waiting) {
    if (batch.length === most || (batch.length > 0 && size + one.bytes > mostCharacters)) break;
    const found = opened(one);
    if ('why' in found) unfit.push(found);
    else {
      size += one.bytes;
      batch.push(found);
    }
  }
  return { batch, unfit };
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
    if (fate === 'taken') spool.remove(name);
    else if (fate === 'hopeless') spool.letGo(name);
  });
  return counts;
}

/** Opens batch after batch of what waits; past files that can't be read, and lets go of those that are no message for anybody. */
function opening(
  spool: Spool,
  onUnfit: (why: Exclude<Unfit['why'], 'gone'>) => void,
): (isDue: (one: Waiting) => boolean, most: number) => readonly Batched[] {
  const past = new Set<string>();
  const passOver = ({ name, why }: Unfit): void => {
    past.add(name);
    if (why === 'gone') return;
    if (why !== 'unreadable') spool.letGo(name);
    onUnfit(why);
  };
  return (isDue, most) => {
    for (;;) {
      const all = spool.waiting().filter((one) => isDue(one) && !past.has(one.name));
      const { batch, unfit } = batchOf(all, most);
      unfit.forEach(passOver);
      if (batch.length > 0 || all.length === 0) return batch;
    }
  };
}

/** As a collector asked; what another one asked for, and is not over, stays. */
const putOff = (spool: Spool, until: number, isEarly: boolean): void =>
  spool.waitUntil(isEarly ? Math.max(until, spool.notBefore()) : until);

interface Told {
  readonly place: string;
  readonly why: string | UsageError;
}

interface NamedPlace {
  readonly place: Place;
  readonly shown: string;
}

interface Handing {
  readonly spool: Spool;
  /** Of the machine's key, for files in a folder. */
  readonly name: string;
  readonly clock: Clock;
  readonly host: PlaceHost;
  /** A collector asked to wait, and that is not over. */
  readonly isEarly: boolean;
}

/** What came of one place. */
interface HandedOver {
  readonly sent: number;
  readonly refused: number;
  readonly troubles: readonly Told[];
  /** It has said all there is to say: the next place stands in only for one that is out of reach. */
  readonly reached: boolean;
  readonly askedMs: number;
}

/** Hands over what waits, in posts of many, until nothing is left or the place wants no more for now. */
async function handOver(
  { place, shown }: NamedPlace,
  { spool, name, clock, host, isEarly }: Handing,
): Promise<HandedOver> {
  // It was a collector that asked to wait: folders and outputs take messages at any time.
  let onlyBad = isEarly && place.kind === 'collector';
  let most = mostMessages;
  // Of one that waits to be let in nothing is kept: one message asks for all of them.
  let isAsking = place.kind === 'collector' && spool.isOutside();
  let [sent, refused] = [0, 0];
  const troubles: Told[] = [];
  /** What is as large is too large for something on the way: the others go past it. */
  let tooLarge = Number.POSITIVE_INFINITY;
  const end = (reached: boolean, askedMs = 0): HandedOver => ({ sent, refused, troubles, reached, askedMs });
  const tell = (why: Told['why']): void => {
    if (troubles.at(-1)?.why !== why) troubles.push({ place: shown, why });
  };
  const open = opening(spool, (why) => {
    if (why !== 'unreadable') refused += 1;
    tell(why);
  });
  const isDue = (one: Waiting): boolean => (one.critical || !onlyBad) && one.bytes < tooLarge;
  const next = (): readonly Batched[] => open(isDue, isAsking ? 1 : most);
  for (let batch = next(); batch.length > 0; batch = next()) {
    const said = await send(place, batch, name, host);
    if (said.kind === 'trouble') {
      tell(said.why);
      return end(false, said.retryAfterMs);
    }
    if (said.kind === 'too-large') {
      // Which of them it is shows when they come in fewer.
      most = batch.length > 1 ? Math.ceil(batch.length / 2) : mostMessages;
      if (batch.length > 1) continue;
      tell(said.forGood ? 'message-too-large' : 'large-on-the-way');
      if (said.forGood) refused += settle(spool, batch, ['hopeless']).hopeless;
      else tooLarge = batch[0]?.bytes ?? 0;
      continue;
    }
    const counts = settle(spool, batch, said.fates);
    sent += counts.taken;
    refused += counts.hopeless;
    if (said.detail !== null) tell(said.detail);
    isAsking = outsideWords.includes(said.detail);
    if (place.kind === 'collector') spool.setOutside(isAsking);
    if (counts.later === 0) continue;
    putOff(spool, said.retryAfterMs === 0 ? 0 : clock.wall() + said.retryAfterMs, isEarly);
    // A window that is full for good news may have room for bad: a post with both was refused as a whole.
    const isMixed = !onlyBad && said.detail === 'throttled' && batch.some(({ critical }) => !critical);
    if (!isMixed) break;
    onlyBad = true;
  }
  return end(tooLarge === Number.POSITIVE_INFINITY);
}

/** `name` is of the machine's key. */
export async function deliver(
  spool: Spool,
  places: readonly NamedPlace[],
  name: string,
  clock: Clock,
  host: PlaceHost,
): Promise<Delivered> {
  const troubles: Told[] = [];
  let [sent, refused] = [0, 0];
  const isEarly = toWait(spool, clock.wall()) > 0;
  let isAnswered = false;
  let askedMs = 0;
  for (const named of places) {
    const isCollector = named.place.kind === 'collector';
    // One collector has said what there is to say; until then it asked for no good news.
    if (isCollector && isAnswered) continue;
    const told = await handOver(named, { spool, name, clock, host, isEarly });
    sent += told.sent;
    refused += told.refused;
    troubles.push(...told.troubles);
    askedMs = Math.max(askedMs, told.askedMs);
    if (told.reached && !(isEarly && isCollector)) break;
    isAnswered ||= told.reached;
  }
  const waiting = spool.waiting().length;
  // Nobody took it, and one of them said when it will be there again.
  if (waiting > 0 && askedMs > 0) spool.waitUntil(clock.wall() + Math.max(askedMs, toWait(spool, clock.wall())));
  return { sent, refused, waiting, troubles };
}
