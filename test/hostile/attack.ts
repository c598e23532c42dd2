/** Feeds a class of readers with mutants, and tells what broke: the one engine of the tests and of `npm run fuzz`. */
import { UsageError } from '../../src/usage-error.ts';
import { mutant } from './mutate.ts';
import type { Random } from './random.ts';
import { randomFrom } from './random.ts';

export interface FuzzClass {
  readonly name: string;
  /** Valid inputs, from which mutants are made. */
  readonly samples: readonly Buffer[];
  /** Inputs in `npm test`. */
  readonly rounds: number;
  /** Makes an input. Left out: a mutant of a sample. */
  readonly make?: (random: Random, samples: readonly Buffer[]) => Buffer;
  /**
   * What the program does with the input: its value, or null where that says «none». A mistake of the user that is refused
   * (`UsageError`) is an answer where `refuses` says so; whatever else is thrown is a failure.
   */
  readonly feed: (input: Buffer, random: Random) => unknown;
  readonly refuses?: true;
  /** Texts that must not be in a value or a message, whatever the input. */
  readonly secrets?: readonly string[];
  /** Milliseconds of processor time for one input. */
  readonly mostMs?: number;
  /** Ends what `feed` started. */
  readonly close?: () => Promise<void>;
}

export interface Failure {
  readonly why: string;
  readonly input: Buffer;
}

export interface Tally {
  readonly taken: number;
  readonly refused: number;
  /** The first of each kind. */
  readonly failures: readonly Failure[];
  /** All of them. */
  readonly failed: number;
}

const defaultMostMs = 200;

type Outcome = { readonly is: 'taken' | 'refused' } | { readonly is: 'failed'; readonly why: string };

/** Bytes as hex, and what holds others as what enumerates: all that a value would show. */
function shown(value: unknown): string {
  const seen = new Set<unknown>();
  return (
    JSON.stringify(value, (_, part: unknown) => {
      if (typeof part === 'bigint') return String(part);
      if (part instanceof Map || part instanceof Set) return [...part];
      if (typeof part === 'object' && part !== null) {
        if (seen.has(part)) return null;
        seen.add(part);
      }
      return part;
    }) ?? ''
  );
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack?.split('\n').slice(0, 4).join(' | ') ?? error.message) : String(error);
}

async function outcomeOf(target: FuzzClass, input: Buffer, seed: number): Promise<Outcome> {
  const leaks = (text: string): Outcome | null => {
    const secret = target.secrets?.find((form) => text.includes(form));
    return secret === undefined ? null : { is: 'failed', why: `the secret leaks as ${secret}` };
  };
  try {
    const value = await target.feed(input, randomFrom(seed));
    return (target.secrets === undefined ? null : leaks(shown(value))) ?? { is: value === null ? 'refused' : 'taken' };
  } catch (error) {
    if (!(target.refuses === true && error instanceof UsageError)) return { is: 'failed', why: stackOf(error) };
    if (/[\r\n]/.test(error.message)) return { is: 'failed', why: 'a message of more than one line' };
    return leaks(`${error.message} ${error.hint}`) ?? { is: 'refused' };
  }
}

/** One input: what came of it. What takes too long is tried twice more, so that a busy machine is no failure. */
export async function feed(target: FuzzClass, input: Buffer, seed: number): Promise<Outcome> {
  const most = target.mostMs ?? defaultMostMs;
  let ms = 0;
  for (let turn = 0; turn < 3; turn += 1) {
    const start = process.cpuUsage();
    const outcome = await outcomeOf(target, input, seed);
    const { user, system } = process.cpuUsage(start);
    ms = (user + system) / 1000;
    if (outcome.is === 'failed' || ms <= most) return outcome;
  }
  return { is: 'failed', why: `takes ${Math.round(ms)} ms of processor time, more than ${most}` };
}

/** Mutants by the seed, until there were so many or `until` says so. */
export async function attack(
  target: FuzzClass,
  {
    seed,
    count,
    until = () => false,
  }: { readonly seed: number; readonly count: number; readonly until?: () => boolean },
): Promise<Tally> {
  const random = randomFrom(seed);
  const make = target.make ?? mutant;
  const tally = { taken: 0, refused: 0, failed: 0 };
  const failures = new Map<string, Failure>();
  for (let number = 0; number < count && !until(); number += 1) {
    const input = make(random, target.samples);
    const outcome = await feed(target, input, seed + number);
    tally[outcome.is] += 1;
    if (outcome.is !== 'failed') continue;
    const kind = outcome.why.replace(/\d+/g, '');
    const earlier = failures.get(kind);
    // The shortest input of a kind is the one to look at.
    if (earlier === undefined || earlier.input.length > input.length) failures.set(kind, { why: outcome.why, input });
  }
  return { ...tally, failures: [...failures.values()] };
}
