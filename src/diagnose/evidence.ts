import { harmless } from '../harmless.ts';
import type { Fact } from '../model/diagnosis.ts';
import type { At, FactArgs } from '../model/facts.ts';
import type { Attempt, Observation } from '../model/observations.ts';

/** A fact whose text arguments are harmless and bounded (300 UTF-16 code units each). */
export function fact<C extends keyof FactArgs>(code: C, args: FactArgs[C]): Fact {
  // Tens of thousands of these are made, and most need nothing changed.
  let made: Record<string, string | number> = args as Record<string, string | number>;
  for (const name in args) {
    const value = args[name] as string | number;
    const kept = typeof value === 'string' ? harmless(value) : Math.round(value);
    if (kept === value) continue;
    if (made === args) made = { ...made };
    made[name] = kept;
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
