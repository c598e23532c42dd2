/** Renders every sentence that an object of words has: texts as they are, functions for sample arguments. */

/** Read and called as whatever a sentence takes: a list of two, an object of any members, else a text that is found again. */
function sample(name: string, instead: ReadonlyMap<string, unknown>, read: Set<string>): unknown {
  const text = `‹${name}›`;
  const list = ['‹a›', '‹b›'];
  return new Proxy(list, {
    get(_, key) {
      if (key === Symbol.toPrimitive) return (hint: string) => (hint === 'number' ? 7 : text);
      if (key === 'toString') return () => text;
      if (typeof key === 'string' && instead.has(key)) return instead.get(key);
      const of = [list, text, 7].find((value) => Reflect.has(Object(value), key));
      if (of !== undefined) {
        const member: unknown = Reflect.get(Object(of), key);
        return typeof member === 'function' ? member.bind(of) : member;
      }
      if (typeof key === 'symbol') return undefined;
      read.add(key);
      return sample(key, instead, read);
    },
  });
}

/** In place of an argument, or of a member of one. */
export const fullValues: readonly unknown[] = [1, 2, 7000, null, true, false, ['‹c›']];
const anyValues: readonly unknown[] = [...fullValues, '', []];

/** What a member can be, by its name, or an argument, by the place of the sentence and its number (`labels.more.0`). */
export type Choices = Readonly<Record<string, readonly unknown[]>>;

type Make = (...args: readonly unknown[]) => unknown;

/** What a function says, for samples and with each argument and member that it reads replaced in turn; each text once. */
function said(make: Make, choices: Choices, place: string, values: readonly unknown[]): readonly string[] {
  const texts = new Set<string>();
  const read = new Set<string>();
  const say = (args: readonly unknown[]): void => {
    try {
      for (const text of leaves(make(...args)))
        if (!/undefined|NaN|\[object|‹\w+›\d|function/.test(text)) texts.add(text);
    } catch {
      // Not an argument that this one takes.
    }
  };
  const first = new Map(Object.entries(choices).map(([name, [one]]) => [name, one]));
  const args = (instead: ReadonlyMap<string, unknown>): readonly unknown[] =>
    Array.from(
      { length: Math.max(make.length, 1) },
      (_, index) => choices[`${place}.${index}`]?.[0] ?? sample(`${index}`, instead, read),
    );
  say(args(new Map()));
  say(args(first));
  for (const name of [...read]) {
    for (const value of [...values, ...(choices[name] ?? [])]) {
      say(args(new Map([[name, value]])));
      say(args(new Map([...first, [name, value]])));
    }
  }
  for (let index = 0; index < make.length; index += 1) {
    for (const value of [...values, ...(choices[`${place}.${index}`] ?? [])]) say(args(first).with(index, value));
  }
  return [...texts];
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leaves);
}

/** Every sentence by its place, such as `labels.text.host`. */
export function rendered(
  words: unknown,
  choices: Choices,
  place = '',
  values: readonly unknown[] = anyValues,
): ReadonlyMap<string, readonly string[]> {
  if (typeof words === 'function') return new Map([[place, said(words as Make, choices, place, values)]]);
  if (typeof words === 'string') return new Map([[place, [words]]]);
  if (typeof words !== 'object' || words === null) return new Map();
  return new Map(
    Object.entries(words).flatMap(([name, inner]) => [
      ...rendered(inner, choices, place === '' ? name : `${place}.${name}`, values),
    ]),
  );
}
