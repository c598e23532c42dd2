/** What a watch looks at: two of one machine that look at other things say nothing of each other's targets. Pure. */
import { createHash } from 'node:crypto';
import type { Report } from '../model/report.ts';

/** The options that a plan is made of. */
const selection = [
  'what',
  'catalog',
  'no-bundled',
  'role',
  'cloud',
  'include-legacy',
  'only',
  'skip',
  'set',
  'targets',
];

/** The same for the same selection, in whichever order it was written. Of what a catalog holds it says nothing. */
export function scopeOf({ options }: Pick<Report, 'options'>): string {
  const chosen = selection.map((name) => {
    const value: unknown = options[name] ?? null;
    return Array.isArray(value) ? value.map(String).sort() : value;
  });
  return createHash('sha256').update(JSON.stringify(chosen)).digest('hex').slice(0, 16);
}

/** Its words, as they were asked for; empty where it is all of a role. */
export function whatOf({ options }: Pick<Report, 'options'>): readonly string[] {
  const { what } = options;
  return Array.isArray(what) ? what.map(String) : [];
}

/** What is kept for each scope: those that were used last. */
const mostScopes = 64;

/** With the value of a scope, which is the newest; null: without it. */
export function withScope<T>(
  all: Readonly<Record<string, T>>,
  scope: string,
  value: T | null,
): Readonly<Record<string, T>> {
  const others = Object.entries(all).filter(([name]) => name !== scope);
  return Object.fromEntries([...others, ...(value === null ? [] : [[scope, value] as const])].slice(-mostScopes));
}
