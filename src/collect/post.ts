/** What comes in: posts of signed messages. */
import type { Clock } from '../clock.ts';
import { rest } from '../pieces.ts';
import { countPerMinute, originOf } from '../serve/rates.ts';
import { type Answer, mostBody, type Question } from '../serve/server.ts';
import type { Store } from '../store/store.ts';
import { type Arrival, type Arrived, accept, type IntakeSettings, letInOf, type Outcome, openedOf } from './intake.ts';
import { bytesOfSignature, createPosters, isOwnBody, type Poster } from './posters.ts';
import { documentsIn, mostUnpacked, readMessage, type SignedMessage, unpackedBody } from './read-message.ts';
import { json, refusal, tooOften, waitingSeconds } from './refusal.ts';

/** Of this process, since its start. */
export interface Counters {
  stored: number;
  duplicate: number;
  refused: number;
  invalid: number;
}

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
  for (const result of results) {
    if (result === 'stored' || result === 'duplicate') counters[result] += 1;
    else counters[result === 'throttled' ? 'refused' : 'invalid'] += 1;
  }
  const taken = results.some((result) => result === 'stored' || result === 'duplicate');
  const isLater = results.some((result) => result === 'waiting' || result === 'throttled');
  const seconds = isLater ? Math.max(waitingSeconds, Math.ceil(retryAfterMs / 1000)) : 0;
  const wait = isLater ? { 'retry-after': String(seconds) } : {};
  return json(taken ? 200 : 403, { wayclear: 1, results }, wait);
}

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

/** Takes posts; counts what became of them. */
export function postDoor(
  store: Store,
  clock: Clock,
  settings: PostSettings,
  counters: Counters,
): (question: Question) => Promise<Answer> {
  const posters = createPosters(store, clock, settings.chance);
  const posts = countPerMinute(clock, mostPosts);
  // Who came first is answered first: if all were read at once, all would be answered when the last one is.
  const inLine = oneAtATime();

  async function take(question: Question): Promise<Answer> {
    const refused = refusedHead(question);
    if (refused !== null) return refused;
    const poster = await posters.of(question);
    if ('status' in poster) return poster;
    const sent = await question.body();
    // Others of the same sender may have ended since it began.
    const late = posters.refused(poster);
    if (late !== null) return late;
    if (!isOwnBody(poster, sent)) {
      posters.fail(poster);
      return refusal(sent === null ? 413 : 400, 'not the body that was signed');
    }
    const { documents, bytes } = unpackedPost(sent, String(question.headers['content-encoding'] ?? ''));
    // Before anything is waited for: many posts at once are to be no more than one after the other.
    const cost = bytes + ('status' in documents ? 0 : documents.length * bytesOfSignature);
    posters.charge(poster, cost);
    const answer = 'status' in documents ? documents : await read(documents, question.address, poster);
    if (answer.status === 200) posters.charge(poster, -cost);
    else if (answer.status !== 429) posters.fail(poster);
    return answer;
  }

  async function read(documents: readonly Buffer[], address: string, { key, cover }: Poster): Promise<Answer> {
    const signed = await inLine(() => signedIn(documents));
    // Not in line: of a database that stands still each is to hear by itself.
    const letIn = await letInOf(store, signed, settings, clock.wall(), key);
    const messages = await inLine(() => openedOf(signed, letIn));
    const keys = new Set(messages.flatMap((message) => message?.head.key ?? []));
    if (keys.size > 0) return await stored(messages, keys, { egress: address, cover });
    counters.invalid += messages.length;
    return refusal(400, 'no signed message');
  }

  /** What becomes of messages, which are of these keys. */
  async function stored(
    messages: readonly (Arrived | null)[],
    keys: ReadonlySet<string>,
    { egress, cover }: Pick<Arrival, 'egress' | 'cover'>,
  ): Promise<Answer> {
    // By its address too: who replays what another one said takes nothing from that one.
    const nameOf = (key: string): string => `${originOf(egress)} ${key}`;
    const over = new Set([...keys].filter((key) => posts.isOver(nameOf(key))));
    if (over.size === keys.size) return refusal(429, 'too many posts of this key', tooOften);
    for (const key of keys) posts.count(nameOf(key));
    const isOver = (message: Arrived | null): boolean => message !== null && over.has(message.head.key);
    const heard = messages.map((message) => (isOver(message) ? null : message));
    const outcome = await accept(store, heard, settings, {
      ...{ now: clock.wall(), egress, cover, chance: settings.chance() },
    });
    if (outcome.kind === 'throttled') {
      counters.refused += messages.length;
      const seconds = String(Math.ceil(outcome.retryAfterMs / 1000));
      return refusal(429, 'the window is full', { 'retry-after': seconds });
    }
    const results = outcome.results.map((result, at) => (isOver(messages[at] ?? null) ? 'throttled' : result));
    return resultsAnswer({ ...outcome, results }, counters);
  }

  return take;
}
