/** Who posts, by what stands in front of the body; and how much of what nobody can use each may send. */
import type { Clock } from '../clock.ts';
import type { PostHead } from '../model/message.ts';
import { coverHeader, digestOf } from '../send/message.ts';
import { countPerMinute, originOf } from '../serve/rates.ts';
import type { Answer, Question } from '../serve/server.ts';
import type { Store } from '../store/store.ts';
import { knownAs } from './let-in.ts';
import { readCover } from './read-message.ts';
import { refusal, tooOften, waitingSeconds } from './refusal.ts';

const mebibyte = 1024 * 1024;
/** A minute: posts that brought nothing, and unpacked bytes of these. A byte is some ten nanoseconds of work. */
const mostOfOne = { posts: 10, bytes: 64 * mebibyte };
/** Such bytes of all together who are not let in, whatever keys they make up and wherever they send from. */
export const mostOfStrangers: number = 1024 * mebibyte;
/** To check a signature takes as long as to read so many. */
export const bytesOfSignature = 16_384;
/** To put a key that nobody knows into the list takes as long as to read so many. */
export const bytesOfKey = 200_000;
const everybody = '';

export interface Poster {
  /** What counts against it is counted under this name. */
  readonly name: string;
  /** Of one that is let in, or would be now; null: a stranger. */
  readonly key: string | null;
  readonly cover: PostHead | null;
}

export interface Posters {
  /** Who sends that, or why it may not be read now. */
  of(question: Question): Promise<Poster | Answer>;
  /** Why nothing of that one may be read now; null: it may. */
  refused(poster: Poster): Answer | null;
  /** So many bytes are looked at; below nothing: they were of use. */
  charge(poster: Poster, bytes: number): void;
  /** What was charged was work for a window that is full: its address is not to blame, but strangers stay within theirs. */
  putOff(poster: Poster, bytes: number): void;
  /** A post was none. */
  fail(poster: Poster): void;
}

/** `chance`, from 0 to 1: spreads those who are to come again. */
export function createPosters(store: Store, clock: Clock, chance: () => number): Posters {
  const posts = countPerMinute(clock, mostOfOne.posts);
  const bytes = countPerMinute(clock, mostOfOne.bytes);
  const strangers = countPerMinute(clock, mostOfStrangers);
  function refused({ name, key }: Poster): Answer | null {
    if (posts.isOver(name) || bytes.isOver(name)) {
      return refusal(429, 'too many refused posts from this address', tooOften);
    }
    if (key !== null || !strangers.isOver(everybody)) return null;
    // Not all of them at once.
    const seconds = Math.ceil(waitingSeconds * (1 + chance()));
    return refusal(429, 'too much from strangers', { 'retry-after': String(seconds) });
  }
  return {
    async of({ address, headers }) {
      const origin = originOf(address);
      const cover = readCover(headers[coverHeader]);
      const known = cover === null ? null : await knownAs(store, cover, clock.wall());
      // Who is let in answers for itself: nobody who sends from the same address shuts it out.
      const name = known === null ? origin : `${origin} ${known}`;
      const poster = { name, key: known === null ? null : (cover?.key ?? null), cover };
      return refused(poster) ?? poster;
    },
    refused,
    charge({ name, key }, count) {
      bytes.count(name, count);
      if (key === null) strangers.count(everybody, count);
    },
    putOff: ({ name }, count) => bytes.count(name, -count),
    fail: ({ name }) => posts.count(name),
  };
}

/**
 * Who sent this body: who says so, if that is the body that was signed. Else nobody that is known: something on the way packed it
 * anew, and its messages prove by themselves whose they are; or somebody says again what was said of another one.
 */
export const senderOf = (poster: Poster, { address }: Pick<Question, 'address'>, body: Buffer | null): Poster =>
  poster.cover === null || (body !== null && digestOf(body) === poster.cover.body)
    ? poster
    : { name: originOf(address), key: null, cover: null };
