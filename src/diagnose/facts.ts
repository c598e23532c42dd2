import { harmless } from '../harmless.ts';
import type { Attempt, Fact, Observation } from '../model.ts';
import type { At, FactArgs } from './words/words.ts';

/** A fact whose text arguments are harmless and bounded (300 UTF-16 code units each). */
export function fact<C extends keyof FactArgs>(code: C, args: FactArgs[C]): Fact {
  const made: Record<string, string | number> = {};
  // Tens of thousands of these are made: without the arrays and pairs of a tidier loop.
  for (const name in args) {
    const value = args[name] as string | number;
    made[name] = typeof value === 'string' ? harmless(value) : Math.round(value);
  }
  return { code, args: made };
}

/** Where an attempt went, for facts. */
export function at(observation: Observation, attempt: Attempt): At {
  return { host: observation.host, address: attempt.address ?? '', port: observation.port };
}

/** At most `max` items in one text; the rest is counted by the caller's other arguments. */
export function sample(items: readonly string[], max = 4): string {
  const shown = items.slice(0, max).join(', ');
  return items.length > max ? `${shown}, …` : shown;
}
