/** What comes in: posts of signed messages. */
import type { Clock } from '../clock.ts';
import { rest } from '../pieces.ts';
import { countPerMinute, originOf } from '../serve/rates.ts';
import { type Answer, mostBody, type Question } from '../serve/server.ts';
import type { Store } from '../store/store.ts';
import { type Arrival, accept, type IntakeSettings, type Outcome, type Result } from './intake.ts';
import { type Arrived, answeredOf, mostNew, openedOf, type Standing, standingsOf } from './let-in.ts';
import { bytesOfKey, bytesOfSignature, createPosters, type Poster, senderOf } from './posters.ts';
import { documentsIn, mostUnpacked, readMessage, type SignedMessage, unpackedBody } from './read-message.ts';
import { json, refusal, tooOften, waitingSeconds } from './refusal.ts';

/** Of this process, since its start. */
export interface Counters {
  stored: number;
  duplicate: number;
  /** By the throttle. */
  refused: number;
  /** Of those who are not let in. */
  waiting: number;
  revoked: number;
  conflict: number;
  invalid: number;
}

/** Under which name each result is counted, and whether it is worth to come again. */
const kinds: Readonly<Record<Result, { readonly counted: keyof Counters; readonly isLater?: true }>> = {
  stored: { counted: 'stored' },
  duplicate: { counted: 'duplicate' },
  throttled: { counted: 'refused', isLater: true },
  waiting: { counted: 'waiting', isLater: true },
  'token-used': { counted: 'waiting', isLater: true },
  'token-ended': { counted: 'waiting', isLater: true },
  'token-unknown': { counted: 'waiting', isLater: true },
  revoked: { counted: 'revoked' },
  conflict: { counted: 'conflict' },
  invalid: { counted: 'invalid' },
};

export const nothingCounted = (): Counters => ({
  ...{ stored: 0, duplicate: 0, refused: 0, waiting: 0, revoked: 0, conflict: 0, invalid: 0 },
});

export interface PostSettings extends IntakeSettings {
  /** From 0 to 1: spreads those who are to come again. */
  chance(): number;
}

/** Posts of one key from one address a minute. */
const mostPosts = 60;

type Results = Extract<Outcome, { readonly kind: 'results' }>;

/** What a post may not say of itself; null where it may come. Nothing of it was read yet. */
function refusedHead({ headers }: Question): Answer | null {
  // Browsers say where a post comes from, machines do not: no page leads a browser to speak in their place.
  if (headers.origin !== undefined) return refusal(403, 'no page posts here');
  const type = String(headers['content-type'] ?? '')
    .split(';', 1)[0]
    ?.trim()
    .toLowerCase();
  if (type !== 'application/x-ndjson') return refusal(415, 'application/x-ndjson is taken');
  const encoding = String(headers['content-encoding'] ?? '');
  return ['', 'identity', 'gzip'].includes(encoding) ? null : refusal(415, 'gzip is the one encoding');
}

/** The documents of a post, or why there are none; with the bytes that were looked at. */
interface Unpacked {
  readonly documents: readonly Buffer[] | Answer;
  readonly bytes: number;
}

function unpackedPost(sent: Buffer | null, encoding: string): Unpacked {
  if (sent === null) return { documents: refusal(413, 'too much for one post'), bytes: mostBody };
  const body = unpackedBody(sent, encoding);
  // It may have broken off as late as what is too much.
  if (body === 'broken') return { documents: refusal(400, 'this is no gzip'), bytes: mostUnpacked / 4 };
  if (body === 'large') return { documents: refusal(413, 'too much for one post'), bytes: mostUnpacked };
  return { documents: documentsIn(body) ?? refusal(413, 'too much for one post'), bytes: body.length };
}

/** The answer that says what became of each message, which is counted. */
function resultsAnswer({ results, retryAfterMs }: Results, counters: Counters): Answer {
  for (const result of results) counters[kinds[result].counted] += 1;
  const taken = results.some((result) => result === 'stored' || result === 'duplicate');
  const isLater = results.some((result) => kinds[result].isLater);
  const seconds = isLater ? Math.max(waitingSeconds, Math.ceil(retryAfterMs / 1000)) : 0;
  const wait = isLater ? { 'retry-after': String(seconds) } : {};
  return json(taken ? 200 : 403, { wayclear: 1, results }, wait);
}

/** What so many documents may cost beside the reading, if all are of strangers. */
const costOf = (documents: number): number => documents * bytesOfSignature + Math.min(documents, mostNew) * bytesOfKey;

async function signedIn(documents: readonly Buffer[]): Promise<readonly (SignedMessage | null)[]> {
  const messages: (SignedMessage | null)[] = [];
  for (const document of documents) {
    messages.push(readMessage(document));
    await rest();
  }
  return messages;
}

/** One after the other, whatever becomes of those before. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** What a post holds, and what is known of its keys. */
interface Opened {
  readonly messages: readonly (Arrived | null)[];
  readonly standings: ReadonlyMap<string, Standing>;
}

/**
 * Who came first is read first: if all were read at once, all would be answered when the last one is. Who is known waits for no
 * stranger.
 */
function readingInLine(
  store: Store,
  clock: Clock,
  settings: IntakeSettings,
): (documents: readonly Buffer[], known: string | null) => Promise<Opened> {
  const lines = { known: oneAtATime(), stranger: oneAtATime() };
  return async (documents, known) => {
    const inLine = known === null ? lines.stranger : lines.known;
    const signed = await inLine(() => signedIn(documents));
    // Not in line: of a database that stands still each is to hear by itself.
    const standings = await standingsOf(store, signed, settings, clock.wall(), known);
    return { messages: await inLine(() => openedOf(signed, standings)), standings };
  };
}

/** `isFull`: there is nothing wrong with it but that the window has no room. */
type Answered = Answer & { readonly isFull?: true };

/** What is said of each message: what was known before, else what the store said of those that it was asked for, in order. */
function saidOf(
  results: readonly Result[],
  answered: readonly (Result | null)[],
  { messages, standings }: Opened,
): readonly Result[] {
  const stored = results.values();
  return messages.map((message, at) => {
    const result = answered[at] ?? (message === null ? 'invalid' : (stored.next().value ?? 'invalid'));
    const known = standings.get(message?.head.key ?? '')?.said ?? result;
    // Why it waits, if there is more to say of it.
    return result === 'waiting' && known !== 'let-in' ? known : result;
  });
}

/** Takes posts; counts what became of them. */
export function postDoor(
  store: Store,
  clock: Clock,
  settings: PostSettings,
  counters: Counters,
): (question: Question) => Promise<Answer> {
  const posters = createPosters(store, clock, settings.chance);
  const posts = countPerMinute(clock, mostPosts);
  const readIn = readingInLine(store, clock, settings);

  async function take(question: Question): Promise<Answer> {
    const refused = refusedHead(question);
    if (refused !== null) return refused;
    const said = await posters.of(question);
    if ('status' in said) return said;
    const sent = await question.body();
    const poster = senderOf(said, question, sent);
    // Others of the same sender may have ended since it began.
    const late = posters.refused(poster);
    if (late !== null) return late;
    const { documents, bytes } = unpackedPost(sent, String(question.headers['content-encoding'] ?? ''));
    // Before anything is waited for: many posts at once are to be no more than one after the other.
    const cost = bytes + ('status' in documents ? 0 : costOf(documents.length));
    posters.charge(poster, cost);
    const answer: Answered = 'status' in documents ? documents : await read(documents, question.address, poster);
    if (answer.status === 200) posters.charge(poster, -cost);
    else if (answer.isFull === true) posters.putOff(poster, cost);
    else if (answer.status !== 429) posters.fail(poster);
    return answer;
  }

  async function read(documents: readonly Buffer[], address: string, { key, cover }: Poster): Promise<Answered> {
    const { messages, standings } = await readIn(documents, key);
    const keys = new Set(messages.flatMap((message) => message?.head.key ?? []));
    if (keys.size > 0) return await stored({ messages, standings }, keys, { egress: address, cover });
    counters.invalid += messages.length;
    return refusal(400, 'no signed message');
  }

  /** What becomes of messages, which are of these keys. */
  async function stored(
    { messages, standings }: Opened,
    keys: ReadonlySet<string>,
    { egress, cover }: Pick<Arrival, 'egress' | 'cover'>,
  ): Promise<Answered> {
    // By its address too: who replays what another one said takes nothing from that one.
    const nameOf = (key: string): string => `${originOf(egress)} ${key}`;
    const over = new Set([...keys].filter((key) => posts.isOver(nameOf(key))));
    if (over.size === keys.size) return refusal(429, 'too many posts of this key', tooOften);
    for (const key of keys) posts.count(nameOf(key));
    const answered = answeredOf(messages, standings).map((said, at) =>
      over.has(messages[at]?.head.key ?? '') ? 'throttled' : said,
    );
    const heard = messages.flatMap((message, at) =>
      message === null || (answered[at] ?? null) !== null ? [] : [message],
    );
    const outcome = await accept(store, heard, settings, {
      ...{ now: clock.wall(), egress, cover, chance: settings.chance() },
    });
    if (outcome.kind === 'throttled') {
      counters.refused += heard.length;
      const seconds = String(Math.ceil(outcome.retryAfterMs / 1000));
      return { ...refusal(429, 'the window is full', { 'retry-after': seconds }), isFull: true };
    }
    const results = saidOf(outcome.results, answered, { messages, standings });
    return resultsAnswer({ ...outcome, results }, counters);
  }

  return take;
}
