/** Who is let in, what is said to those who are not, and which of them go when too many wait. */
import type { ReportHead } from '../model/message.ts';
import { rest } from '../pieces.ts';
import { proofOf } from '../send/message.ts';
import { originOf } from '../serve/rates.ts';
import type { CollectedSteps, Waiting } from '../store/collected.ts';
import type { Token } from '../store/collected-tokens.ts';
import type { Store } from '../store/store.ts';
import type { ProvenMessage, SignedMessage } from './read-message.ts';

/** Of whom no token lets in: it shows none, or one that is of no use, which who has it is told. */
export type NotYet = 'waiting' | 'token-used' | 'token-ended' | 'token-unknown';

/** Keys that wait for somebody to let them in. */
export const mostWaiting = 1000;
/** Keys that nobody knows, of one post: each costs a row, where one that waits costs a question. */
export const mostNew = 10;

/** Who says so in a head whose signature holds. */
type Said = Pick<ReportHead, 'key' | 'enrol'>;

/** The token that lets a key in now, or why none does. */
export async function tokenFor(
  steps: Pick<CollectedSteps, 'token'>,
  { key, enrol }: Said,
  now: number,
): Promise<Token | NotYet> {
  if (enrol === undefined) return 'waiting';
  const token = await steps.token(enrol.token);
  // Nobody who does not hold it hears what became of it.
  if (token === null || enrol.proof !== proofOf(token.secret, key)) return 'token-unknown';
  if (token.usedBy !== null) return 'token-used';
  return token.until > now ? token : 'token-ended';
}

/** By what somebody is known: the key of one that is let in, the token of one that has a good one; null for anybody else. */
export async function knownAs(store: Store, head: Said, now: number): Promise<string | null> {
  const state = (await store.sender(head.key))?.state;
  if (state === 'admitted' || state === 'revoked') return state === 'admitted' ? head.key : null;
  const token = await tokenFor(store, head, now);
  return typeof token === 'string' ? null : token.id;
}

/** What is known of a key: `isNew` where the store knows nothing of one that is not let in. */
export interface Standing {
  readonly said: 'let-in' | 'revoked' | NotYet;
  readonly isNew: boolean;
}

/** Of each key that speaks. `known`: one that is let in for sure. */
export async function standingsOf(
  store: Store,
  messages: readonly (SignedMessage | null)[],
  { acceptNew }: { readonly acceptNew: boolean },
  now: number,
  known: string | null,
): Promise<ReadonlyMap<string, Standing>> {
  const letIn: Standing = { said: 'let-in', isNew: false };
  const standings = new Map<string, Standing>(known === null ? [] : [[known, letIn]]);
  for (const message of messages) {
    if (message === null) continue;
    const { key, enrol } = message.head;
    const before = standings.get(key);
    // A later one may show a token, which those before it did not.
    const isDecided = before?.said === 'let-in' || before?.said === 'revoked';
    if (isDecided || (before !== undefined && enrol === undefined)) continue;
    const state = (await store.sender(key))?.state;
    const isLetIn = state === 'admitted' || (acceptNew && state !== 'revoked');
    const token = isLetIn || state === 'revoked' ? null : await tokenFor(store, message.head, now);
    if (isLetIn || (token !== null && typeof token !== 'string')) standings.set(key, letIn);
    else standings.set(key, { said: token ?? 'revoked', isNew: state === undefined });
    await rest();
  }
  return standings;
}

/** Of a key that nobody lets in, nothing was read but the head. */
export type Arrived = ProvenMessage | SignedMessage;

/** Reads the reports of those that are let in: nobody else makes more work than a signature. */
export async function openedOf(
  messages: readonly (SignedMessage | null)[],
  standings: ReadonlyMap<string, Standing>,
): Promise<readonly (Arrived | null)[]> {
  const all: (Arrived | null)[] = [];
  for (const message of messages) {
    all.push(message !== null && standings.get(message.head.key)?.said === 'let-in' ? message.opened() : message);
    await rest();
  }
  return all;
}

/** What is said of each message without asking the store again; null of those that it has to take, or to put into its list. */
export function answeredOf(
  messages: readonly (Arrived | null)[],
  standings: ReadonlyMap<string, Standing>,
): readonly (Exclude<Standing['said'], 'let-in'> | null)[] {
  const listed = new Set<string>();
  return messages.map((message) => {
    const standing = message === null ? undefined : standings.get(message.head.key);
    if (message === null || standing === undefined || standing.said === 'let-in') return null;
    const { key } = message.head;
    if (!standing.isNew || listed.has(key) || listed.size >= mostNew) return standing.said;
    listed.add(key);
    return null;
  });
}

/**
 * Who goes of those that wait, the newest first: while there are too many, the oldest of the origin that has most, so that
 * nobody pushes out those of another one.
 */
export function tooManyOf(waiting: readonly Waiting[]): readonly string[] {
  const counts = new Map<string, number>();
  const ranked = waiting.map(({ key, egress }) => {
    const origin = originOf(egress);
    const nth = (counts.get(origin) ?? 0) + 1;
    counts.set(origin, nth);
    return { key, nth };
  });
  return ranked
    .sort((a, b) => a.nth - b.nth)
    .slice(mostWaiting)
    .map(({ key }) => key);
}
