import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from 'scslre';
import { describe, expect, it, vi } from 'vitest';
import { parseAst } from 'vitest/node';

interface Pattern {
  readonly source: string;
  readonly flags: string;
  readonly at: string;
}

const source = join(import.meta.dirname, '..', '..', 'src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'));

/**
 * Makes patterns of what a PAC script asks, in the engine that is ended with it. All others make them of constants, when
 * they are loaded.
 */
const ofOthers = ['proxy/pac/functions.ts'];

interface Node {
  readonly type: string;
  readonly start: number;
  readonly regex?: { readonly pattern: string; readonly flags: string };
  readonly callee?: { readonly name?: string };
}

/** Every node of a file's syntax tree, the root first. */
function* nodes(value: unknown): Iterable<Node> {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value && 'start' in value) yield value as Node;
  for (const below of Object.values(value)) yield* nodes(below);
}

function read(file: string): { readonly patterns: readonly Pattern[]; readonly constructors: number } {
  const code = readFileSync(join(source, file), 'utf8');
  const all = [...nodes(parseAst(code, { lang: 'ts' }))];
  return {
    patterns: all.flatMap(({ regex, start }) => {
      const at = `${file}:${code.slice(0, start).split('\n').length}`;
      return regex === undefined ? [] : [{ source: regex.pattern, flags: regex.flags, at }];
    }),
    constructors: all.filter(({ callee }) => callee?.name === 'RegExp').length,
  };
}

const code = files.map((file) => ({ file, ...read(file) }));

/** The ways in which a pattern's time can grow faster than its text, as the detector tells them. */
function growth({ source: text, flags }: Pick<Pattern, 'source' | 'flags'>): readonly string[] {
  return analyse({ source: text, flags }, { maxReports: 3 }).reports.map(
    ({ type, exponential }) => `${type}${exponential ? ', exponential' : ''}`,
  );
}

/** Patterns that a module makes by the constructor when it is loaded. */
async function patternsMadeBy(file: string): Promise<readonly Pattern[]> {
  const seen: Pattern[] = [];
  class Recorded extends RegExp {
    constructor(text: RegExp | string, flags?: string) {
      super(text, flags);
      seen.push({ source: this.source, flags: this.flags, at: file });
    }
  }
  vi.resetModules();
  vi.stubGlobal('RegExp', Recorded);
  try {
    await import(join(source, file));
  } finally {
    vi.unstubAllGlobals();
  }
  return seen;
}

describe('the patterns of the source', () => {
  it('are found, all of them', () => {
    expect(code.flatMap(({ patterns }) => patterns).length).toBeGreaterThan(200);
  });

  it.each(code.filter(({ patterns }) => patterns.length > 0))('take linear time in $file', ({ patterns }) => {
    expect(patterns.flatMap((pattern) => growth(pattern).map((way) => `${pattern.at}: ${way}`))).toEqual([]);
  });

  it.each(code.filter(({ file, constructors }) => constructors > 0 && !ofOthers.includes(file)))(
    'take linear time where $file makes them of constants, when it is loaded',
    async ({ file, constructors }) => {
      const patterns = await patternsMadeBy(file);
      expect(patterns).toHaveLength(constructors);
      expect(patterns.flatMap((pattern) => growth(pattern).map((way) => `${pattern.source}: ${way}`))).toEqual([]);
    },
  );

  it.each([/x+$/, /^\s*(\S+)\s*(.*?)\s*$/, /(a+)+$/, /[^\s,;]*@[^\s,;]*/g])('that grow are told: %s', (pattern) => {
    expect(growth(pattern)).not.toEqual([]);
  });
});
