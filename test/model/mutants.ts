/** A JSON document with one thing changed. */
export interface Mutant {
  /** Which document, where in it (JSON pointer) and what: to be read by a person. */
  readonly how: string;
  readonly pointer: string;
  readonly value: unknown;
}

type Key = string | number;
type Container = Record<Key, unknown>;
type Change = (parent: Container, key: Key) => void;

const put =
  (make: (old: unknown) => unknown): Change =>
  (parent, key) => {
    parent[key] = make(parent[key]);
  };

/** Own properties that assignment would not make of `__proto__`. */
function define(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function renamed(parent: Container, key: Key, to: string): void {
  if (Array.isArray(parent)) return;
  const value = parent[key];
  delete parent[key];
  define(parent, to, value);
}

const changes: Readonly<Record<string, Change>> = {
  dropped: (parent, key) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  },
  null: put(() => null),
  true: put(() => true),
  text: put(() => 'x'),
  empty: put(() => ''),
  zero: put(() => 0),
  minus: put(() => -1),
  half: put(() => 1.5),
  huge: put(() => 1e15),
  list: put(() => []),
  object: put(() => ({})),
  wrapped: put((old) => [old]),
  altered: put((old) => {
    if (typeof old === 'string') return `${old}x`;
    if (typeof old === 'number') return old + 1;
    if (typeof old === 'boolean') return !old;
    return Array.isArray(old) && old.length > 0 ? [...old, old.at(-1)] : { ...(old as object), extra: 1 };
  }),
  upper: put((old) => (typeof old === 'string' ? old.toUpperCase() : String(old))),
  control: put((old) => `${String(old)}\u0000\u001b[2J\u202e`),
  long: put((old) => (Array.isArray(old) && old.length > 0 ? Array(100).fill(old[0]) : 'x'.repeat(5000))),
  deep: put(() => JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`)),
  misspelt: (parent, key) => renamed(parent, key, `${String(key).slice(0, -1)}q`),
  doubled: (parent, key) => {
    if (!Array.isArray(parent)) define(parent, `${key}2`, parent[key]);
  },
  prototype: (parent, key) => renamed(parent, key, '__proto__'),
};

/** Deterministic numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Place {
  readonly document: number;
  readonly path: readonly Key[];
}

/** Every place below the top, by its shape: positions in lists and fingerprints count as one. */
function placesOf(documents: readonly unknown[]): readonly (readonly Place[])[] {
  const byShape = new Map<string, Place[]>();
  const visit = (value: unknown, document: number, path: readonly Key[], shape: string): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, below] of Object.entries(value)) {
      const key = Array.isArray(value) ? Number(name) : name;
      const next = `${shape}/${typeof key === 'number' ? '*' : /^[0-9a-f]{16,}$/.test(key) ? '#' : key}`;
      const places = byShape.get(next) ?? [];
      byShape.set(next, [...places, { document, path: [...path, key] }]);
      visit(below, document, [...path, key], next);
    }
  };
  documents.forEach((value, document) => {
    visit(value, document, [], '');
  });
  return [...byShape.values()];
}

const pointerOf = (path: readonly Key[]): string =>
  path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/**
 * `count` documents, each one of `documents` (JSON values) with one change at one place. Each shape of place is as likely as
 * each other, however often it occurs. The same arguments give the same mutants on every machine.
 */
export function* mutantsOf(documents: readonly unknown[], count: number, seed: number): Iterable<Mutant> {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const places = placesOf(documents);
  const names = Object.keys(changes);
  for (let made = 0; made < count; made += 1) {
    const { document, path } = pick(pick(places));
    const name = pick(names);
    const value: unknown = structuredClone(documents[document]);
    const parent = path.slice(0, -1).reduce((at, key) => (at as Container)[key], value) as Container;
    changes[name]?.(parent, path.at(-1) as Key);
    const pointer = pointerOf(path);
    yield { how: `document ${document} ${pointer} ${name}`, pointer, value };
  }
}
