/** What comes in: posts of signed messages. */
import type { Clock } from '../clock.ts';
import { harmlessJson } from '../report/json.ts';
import { countPerMinute, originOf } from '../serve/rates.ts';
import type { Answer, Question } from '../serve/server.ts';
import type { Store } from '../store/store.ts';
import { type Arrived, accept, type IntakeSettings, type Outcome, openedOf } from './intake.ts';
import { documentsIn, readMessage, type SignedMessage, unpackedBody } from './read-message.ts';

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

/** Posts of one key from one address, and failed ones of one address, a minute. */
const mostPosts = 60;
const mostFailures = 10;
/** Who waits to be let in, or for its turn, comes again after that. */
const waitingSeconds = 60;

type Results = Extract<Outcome, { readonly kind: 'results' }>;

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  ...{ status, headers, type: 'application/json' },
  body: `${harmlessJson(value, 0)}\n`,
});
export const refusal = (status: number, error: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  json(status, { wayclear: 1, error }, headers);

const tooOften = { 'retry-after': String(waitingSeconds) };

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

/** The messages of a post, each signed or null; or why there are none. */
async function messagesIn(question: Question): Promise<readonly (SignedMessage | null)[] | Answer> {
  const sent = await question.body();
  const body = sent === null ? 'large' : unpackedBody(sent, String(question.headers['content-encoding'] ?? ''));
  if (body === 'broken') return refusal(400, 'this is no gzip');
  const documents = body === 'large' ? null : documentsIn(body);
  return documents === null ? refusal(413, 'too much for one post') : documents.map(readMessage);
}

/** Takes posts; counts what became of them. */
export function postDoor(
  store: Store,
  clock: Clock,
  settings: PostSettings,
  counters: Counters,
): (question: Question) => Promise<Answer> {
  const failures = countPerMinute(clock, mostFailures);
  const posts = countPerMinute(clock, mostPosts);

  async function take(question: Question): Promise<Answer> {
    const origin = originOf(question.address);
    const refused = refusedHead(question);
    if (refused !== null) return refused;
    if (failures.isOver(origin)) return refusal(429, 'too many refused posts from this address', tooOften);
    const signed = await messagesIn(question);
    if ('status' in signed) {
      failures.count(origin);
      return signed;
    }
    const messages = await openedOf(store, signed, settings, clock.wall());
    const keys = new Set(messages.flatMap((message) => message?.head.key ?? []));
    if (keys.size === 0) {
      failures.count(origin);
      counters.invalid += messages.length;
      return refusal(400, 'no signed message');
    }
    // By its address too: who replays what another one said takes nothing from that one.
    const nameOf = (key: string): string => `${origin} ${key}`;
    const over = new Set([...keys].filter((key) => posts.isOver(nameOf(key))));
    if (over.size === keys.size) return refusal(429, 'too many posts of this key', tooOften);
    for (const key of keys) posts.count(nameOf(key));
    const isOver = (message: Arrived | null): boolean => message !== null && over.has(message.head.key);
    const heard = messages.map((message) => (isOver(message) ? null : message));
    const outcome = await accept(store, heard, settings, {
      ...{ now: clock.wall(), egress: question.address, chance: settings.chance() },
    });
    if (outcome.kind === 'throttled') {
      counters.refused += messages.length;
      const seconds = String(Math.ceil(outcome.retryAfterMs / 1000));
      return refusal(429, 'the window is full', { 'retry-after': seconds });
    }
    const results = outcome.results.map((result, at) => (isOver(messages[at] ?? null) ? 'throttled' : result));
    return resultsAnswer({ ...outcome, results }, origin);
  }

  function resultsAnswer({ results, retryAfterMs }: Results, origin: string): Answer {
    for (const result of results) {
      if (result === 'stored' || result === 'duplicate') counters[result] += 1;
      else counters[result === 'throttled' ? 'refused' : 'invalid'] += 1;
    }
    const taken = results.some((result) => result === 'stored' || result === 'duplicate');
    if (!taken) failures.count(origin);
    const isLater = results.some((result) => result === 'waiting' || result === 'throttled');
    const seconds = isLater ? Math.max(waitingSeconds, Math.ceil(retryAfterMs / 1000)) : 0;
    const wait = isLater ? { 'retry-after': String(seconds) } : {};
    return json(taken ? 200 : 403, { wayclear: 1, results }, wait);
  }

  return take;
}
