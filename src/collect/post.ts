/** What comes in: posts of signed messages. */
import type { Clock } from '../clock.ts';
import { harmlessJson } from '../report/json.ts';
import type { Answer, Question } from '../serve/server.ts';
import type { Store } from '../store/store.ts';
import { accept, type IntakeSettings, type Result } from './intake.ts';
import { countPerMinute } from './rates.ts';
import { documentsIn, readMessage, unpackedBody } from './read-message.ts';

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

/** Posts of one key, and failed ones of one address, a minute. */
const mostPosts = 60;
const mostFailures = 10;
/** Who waits to be let in comes again after that. */
const waitingSeconds = 60;

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({
  ...{ status, headers, type: 'application/json' },
  body: `${harmlessJson(value, 0)}\n`,
});
export const refusal = (status: number, error: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  json(status, { wayclear: 1, error }, headers);

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
    const { headers, address } = question;
    const wait = { 'retry-after': '60' };
    if (failures.isOver(address)) return refusal(429, 'too many refused posts from this address', wait);
    if (headers['content-type'] !== 'application/x-ndjson') return refusal(415, 'application/x-ndjson is taken');
    const encoding = String(headers['content-encoding'] ?? '');
    if (!['', 'identity', 'gzip'].includes(encoding)) return refusal(415, 'gzip is the one encoding');
    const sent = await question.body();
    const body = sent === null ? null : unpackedBody(sent, encoding);
    const documents = body === null ? null : documentsIn(body);
    if (documents === null) {
      failures.count(address);
      return refusal(413, 'too much for one post');
    }
    const messages = documents.map(readMessage);
    if (messages.length === 0 || messages.every((message) => message === null)) {
      failures.count(address);
      counters.invalid += messages.length;
      return refusal(400, 'no signed message');
    }
    const keys = new Set(messages.flatMap((message) => message?.head.key ?? []));
    if ([...keys].some((key) => posts.isOver(key))) return refusal(429, 'too many posts of this key', wait);
    for (const key of keys) posts.count(key);
    const arrival = { now: clock.wall(), egress: address, chance: settings.chance() };
    const outcome = await accept(store, messages, settings, arrival);
    if (outcome.kind === 'throttled') {
      counters.refused += messages.length;
      const seconds = String(Math.ceil(outcome.retryAfterMs / 1000));
      return refusal(429, 'the window is full', { 'retry-after': seconds });
    }
    return resultsAnswer(outcome.results, address);
  }

  function resultsAnswer(results: readonly Result[], address: string): Answer {
    for (const result of results) {
      if (result === 'stored' || result === 'duplicate') counters[result] += 1;
      else counters.invalid += 1;
    }
    const taken = results.some((result) => result === 'stored' || result === 'duplicate');
    if (!taken) failures.count(address);
    const wait = results.includes('waiting') ? { 'retry-after': String(waitingSeconds) } : {};
    return json(taken ? 200 : 403, { wayclear: 1, results }, wait);
  }

  return take;
}
