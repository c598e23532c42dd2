/**
 * Patterns that come out of files: the part of ECMAScript's regular expressions that a set of states decides, so that a
 * test takes time bounded by the lengths of pattern and text multiplied, whoever wrote both.
 *
 * Known are characters, `.`, classes with ranges and `^`, `\d \D \w \W \s \S`, `\t`, escaped punctuation, groups `( )` and
 * `(?: )`, `|`, the repetitions `* + ? {n} {n,} {n,m}`, and `^` and `$` for the ends of the text. Letters match in either
 * case. What looks around or back is not known.
 */
import { entryOf } from './entry.ts';

type Test = (character: string) => boolean;

type PatternStep =
  | { readonly is: 'character'; readonly test: Test }
  | { readonly is: 'fork'; readonly to: readonly number[] }
  | { readonly is: 'start' }
  | { readonly is: 'end' }
  | { readonly is: 'match' };

/** Writes the steps of a part of the pattern that begin at `at` and go on at the step after their last. */
type Part = (at: number) => readonly PatternStep[];

/**
 * Repetitions are written out; this bounds what a pattern can ask for. Two in one another would make a test of one header
 * take a third of a second, and a saved report can hold one for each of its targets.
 */
const mostSteps = 200;
const longest = 200;
const deepest = 16;

class Unknown extends Error {}

const classes: Readonly<Record<string, Test>> = {
  d: (character) => character >= '0' && character <= '9',
  w: (character) => /^[A-Za-z0-9_]$/.test(character),
  s: (character) => character.trim() === '',
};

const not =
  (test: Test): Test =>
  (character) =>
    !test(character);

/** In either case, by simple mappings that keep the length. */
function inAnyCase(test: Test): Test {
  return (character) => test(character) || test(character.toLowerCase()) || test(character.toUpperCase());
}

const character = (test: Test): Part => {
  const steps: readonly PatternStep[] = [{ is: 'character', test }];
  return () => steps;
};

const sequence =
  (parts: readonly Part[]): Part =>
  (at) => {
    const steps: PatternStep[] = [];
    for (const part of parts) {
      for (const step of part(at + steps.length)) steps.push(step);
      if (steps.length > mostSteps) throw new Unknown();
    }
    return steps;
  };

const either =
  (one: Part, other: Part): Part =>
  (at) => {
    const first = one(at + 1);
    const second = other(at + first.length + 2);
    const end = at + first.length + second.length + 2;
    return [{ is: 'fork', to: [at + 1, at + first.length + 2] }, ...first, { is: 'fork', to: [end] }, ...second];
  };

const optional = (part: Part): Part => either(part, () => []);

const anyNumber =
  (part: Part): Part =>
  (at) => {
    const steps = part(at + 1);
    return [{ is: 'fork', to: [at + 1, at + steps.length + 2] }, ...steps, { is: 'fork', to: [at] }];
  };

const repeated = (part: Part, least: number, most: number | null): Part => {
  if (least > 1000 || (most ?? 0) > 1000) throw new Unknown();
  const needed = Array.from({ length: least }, () => part);
  const rest = most === null ? [anyNumber(part)] : Array.from({ length: most - least }, () => optional(part));
  return sequence([...needed, ...rest]);
};

/** Reads a pattern from its start. Throws {@link Unknown} at what the dialect hasn't. */
class Reader {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(source: string) {
    this.#characters = [...source];
  }

  read(): Part {
    const whole = this.#alternatives(0);
    if (this.#at < this.#characters.length) throw new Unknown();
    return whole;
  }

  #peek(ahead = 0): string {
    return this.#characters[this.#at + ahead] ?? '';
  }

  #next(): string {
    const character = this.#peek();
    if (character === '') throw new Unknown();
    this.#at += 1;
    return character;
  }

  #takes(text: string): boolean {
    if (!text.split('').every((character, index) => this.#peek(index) === character)) return false;
    this.#at += text.length;
    return true;
  }

  #alternatives(depth: number): Part {
    if (depth > deepest) throw new Unknown();
    let all = this.#sequence(depth);
    while (this.#takes('|')) all = either(all, this.#sequence(depth));
    return all;
  }

  #sequence(depth: number): Part {
    const parts: Part[] = [];
    while (!['', '|', ')'].includes(this.#peek())) parts.push(this.#term(depth));
    return sequence(parts);
  }

  #term(depth: number): Part {
    if (this.#takes('^')) return () => [{ is: 'start' }];
    if (this.#takes('$')) return () => [{ is: 'end' }];
    const part = this.#atom(depth);
    if (this.#takes('*')) return anyNumber(part);
    if (this.#takes('+')) return repeated(part, 1, null);
    if (this.#takes('?')) return optional(part);
    return this.#peek() === '{' ? this.#counted(part) : part;
  }

  #counted(part: Part): Part {
    const close = this.#characters.indexOf('}', this.#at);
    const text = this.#characters.slice(this.#at, close + 1).join('');
    const [, least, comma, most] = /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}$/.exec(text) ?? [];
    if (least === undefined || Number(most ?? least) < Number(least)) throw new Unknown();
    this.#at = close + 1;
    return repeated(
      part,
      Number(least),
      comma === undefined ? Number(least) : most === undefined ? null : Number(most),
    );
  }

  #atom(depth: number): Part {
    if (this.#takes('(')) {
      if (!this.#takes('?:') && this.#peek() === '?') throw new Unknown();
      const group = this.#alternatives(depth + 1);
      if (!this.#takes(')')) throw new Unknown();
      return group;
    }
    if (this.#takes('[')) return character(this.#class());
    if (this.#takes('.')) return character((text) => !/^[\n\r\u2028\u2029]$/.test(text));
    if (this.#takes('\\')) return character(this.#escape());
    const literal = this.#next();
    if ('*+?{}]'.includes(literal)) throw new Unknown();
    return character(inAnyCase((text) => text === literal));
  }

  /** What an escape stands for: a class, or one character. */
  #escape(): Test {
    const name = this.#next();
    const test = entryOf(classes, name.toLowerCase());
    if (test !== undefined) return name === name.toLowerCase() ? test : not(test);
    if (name === 't') return (text) => text === '\t';
    if (!/^[\^$\\.*+?()[\]{}|/-]$/.test(name)) throw new Unknown();
    return (text) => text === name;
  }

  #class(): Test {
    const negated = this.#takes('^');
    const tests: Test[] = [];
    while (!this.#takes(']')) {
      const first = this.#next();
      if (first === '\\' && entryOf(classes, this.#peek().toLowerCase()) !== undefined) {
        tests.push(this.#escape());
        if (this.#peek() === '-' && this.#peek(1) !== ']') throw new Unknown();
        continue;
      }
      const from = this.#classCharacter(first);
      const isRange = this.#peek() === '-' && this.#peek(1) !== ']';
      if (isRange) this.#at += 1;
      const to = isRange ? this.#classCharacter(this.#next()) : from;
      const [low, high] = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0];
      if (low > high) throw new Unknown();
      tests.push((text) => within(text, low, high));
    }
    const any = inAnyCase((text) => tests.some((test) => test(text)));
    return negated ? not(any) : any;
  }

  /** One character of a class, its escape taken off. */
  #classCharacter(first: string): string {
    if (first !== '\\') return first;
    const escaped = this.#next();
    if (escaped === 't') return '\t';
    if (!/^[\^$\\.*+?()[\]{}|/-]$/.test(escaped)) throw new Unknown();
    return escaped;
  }
}

function within(text: string, low: number, high: number): boolean {
  const code = text.codePointAt(0) ?? -1;
  return code >= low && code <= high;
}

/** Adds a step with all that can be reached from it before the next character. */
function enter(
  steps: readonly PatternStep[],
  from: number,
  states: Set<number>,
  atStart: boolean,
  atEnd: boolean,
): void {
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (states.has(at)) continue;
    states.add(at);
    const step = steps[at];
    if (step?.is === 'fork') waiting.push(...step.to);
    else if ((step?.is === 'start' && atStart) || (step?.is === 'end' && atEnd)) waiting.push(at + 1);
  }
}

/** Patterns and texts repeat from target to target: so many of each are kept with what came of them. */
const mostKept = 128;

/** The value for a key, made once as long as few others are asked for. */
function keptOf<V>(known: Map<string, V>, key: string, make: () => V): V {
  const earlier = known.get(key);
  if (earlier !== undefined) return earlier;
  if (known.size >= mostKept) known.clear();
  const value = make();
  known.set(key, value);
  return value;
}

type PatternTest = (text: string) => boolean;

const patterns = new Map<string, PatternTest | null>();

/** The test that a pattern makes of a text, anywhere in it; null for what is not in the dialect, over 200 characters or 200 steps. */
export function linearPattern(source: string): PatternTest | null {
  if (source.length > longest) return null;
  return keptOf(patterns, source, () => {
    const test = compiled(source);
    const results = new Map<string, boolean>();
    return test === null ? null : (text) => keptOf(results, text, () => test(text));
  });
}

function compiled(source: string): PatternTest | null {
  let steps: readonly PatternStep[];
  try {
    steps = [...new Reader(source).read()(0), { is: 'match' }];
    if (steps.length > mostSteps) return null;
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
  return (text) => {
    const characters = [...text];
    let states = new Set<number>();
    for (let at = 0; at <= characters.length; at += 1) {
      enter(steps, 0, states, at === 0, at === characters.length);
      if (states.has(steps.length - 1)) return true;
      const after = new Set<number>();
      const character = characters[at];
      for (const state of states) {
        const step = steps[state];
        if (character === undefined || step?.is !== 'character' || !step.test(character)) continue;
        enter(steps, state + 1, after, false, at + 1 === characters.length);
      }
      states = after;
    }
    return false;
  };
}
