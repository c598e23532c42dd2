import type { Random } from './random.ts';

/** What a mutant may grow to, in bytes. */
const longest = 128 * 1024;

/** Bytes and words on which readers stumble. */
const odd: readonly Buffer[] = [
  ...[
    '',
    '\r',
    '\n',
    '\r\n',
    '\n\n',
    '\r\n\r\n',
    '\t',
    ' ',
    '\0',
    '"',
    "'",
    '\\',
    ',',
    ';',
    ':',
    '=',
    '@',
    '#',
    '%',
    '/',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    '<',
    '>',
    '|',
    '*',
    '?',
    '$',
    '^',
    '-',
    '.',
    '..',
    '::',
    '://',
    '%00',
    '%zz',
    '%u0041',
  ],
  ...['0', '-1', '00', '1e309', '65535', '65536', '4294967295', '18446744073709551616', 'NaN', 'true', 'null', '0x41'],
  ...[
    'constructor',
    '__proto__',
    'toString',
    '\u202e',
    '\u2028',
    '\ufeff',
    '\u00ad',
    '\ud83d\ude00',
    'e\u0301',
    'ß',
    'İ',
  ],
  ...[
    '\u001b[2J',
    '<img src=x onerror=alert(1)>',
    '=1+1',
    'a..b',
    '.a',
    'xn--a',
    '[::1',
    '127.0.0.1',
    '::ffff:1.2.3.4',
  ],
].map((text) => Buffer.from(text, 'utf8'));

/** What floods are made of. */
const flooding: readonly Buffer[] = [
  ...[
    ' ',
    '\t',
    '\r',
    '\n',
    '\r\n',
    ',',
    ';',
    '=',
    '"',
    '\\',
    '\\"',
    '[',
    '{"a":',
    '(',
    '<',
    '0',
    'a',
    'a.',
    '.',
    '%',
    ':',
  ],
  ...['A \r', 'a=b,', '\u0301', '\u00e9', '\ud83d\ude00', '0\r\n', 'x: y\r\n', '/*', '*a'],
].map((text) => Buffer.from(text, 'utf8'));

const binary: readonly Buffer[] = [
  ...[
    '00',
    'ff',
    '7f',
    '80',
    '30',
    '3080',
    '3084ffffffff',
    'a0',
    'c00c',
    'c000',
    '0000',
    'ffff',
    '00000000',
    'ffffffff',
  ],
].map((hex) => Buffer.from(hex, 'hex'));

type Change = (bytes: Buffer, random: Random, samples: readonly Buffer[]) => Buffer;

/** A place to begin and one to end, the second not before the first. */
function range(bytes: Buffer, random: Random): readonly [number, number] {
  const from = random.below(bytes.length + 1);
  const most = random.below(4) === 0 ? bytes.length - from : Math.min(16, bytes.length - from);
  return [from, from + random.below(most + 1)];
}

function put(bytes: Buffer, at: number, what: Buffer, end = at): Buffer {
  return Buffer.concat([bytes.subarray(0, at), what, bytes.subarray(end)]);
}

/** As often as it takes to be long, which is mostly not very. */
function repeated(what: Buffer, random: Random): Buffer {
  if (what.length === 0) return what;
  const length = random.of([100, 300, 1000, 1000, 4000, random.below(8) === 0 ? 65_536 : 2000]);
  return Buffer.alloc(Math.max(what.length, length - (length % what.length)), what);
}

const changes: readonly Change[] = [
  // A bit flipped.
  (bytes, random) => {
    if (bytes.length === 0) return bytes;
    const copy = Buffer.from(bytes);
    const at = random.below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
    return copy;
  },
  // A byte in place of another.
  (bytes, random) => {
    if (bytes.length === 0) return bytes;
    const copy = Buffer.from(bytes);
    copy[random.below(copy.length)] = random.of([0, 9, 10, 13, 32, 0x7f, 0x80, 0xff, random.below(256)]);
    return copy;
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.subarray(random.below(bytes.length + 1)),
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return put(bytes, from, Buffer.alloc(0), to);
  },
  // The same twice, or a thousand times.
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return put(bytes, to, bytes.subarray(from, to));
  },
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return put(bytes, to, random.below(3) === 0 ? repeated(bytes.subarray(from, to), random) : Buffer.alloc(0));
  },
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return put(bytes, from, random.of(odd), random.below(2) === 0 ? from : to);
  },
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return put(bytes, from, random.of(binary), random.below(2) === 0 ? from : to);
  },
  (bytes, random) => {
    const flood = random.below(3) === 0 ? repeated(random.of(flooding), random) : random.of(flooding);
    return put(bytes, random.below(bytes.length + 1), flood);
  },
  // A piece of another sample.
  (bytes, random, samples) => {
    const other = random.of(samples);
    const [from, to] = range(other, random);
    const [at, end] = range(bytes, random);
    return put(bytes, at, other.subarray(from, to), random.below(2) === 0 ? at : end);
  },
  (bytes, random) => put(bytes, random.below(bytes.length + 1), random.bytes(1 + random.below(8))),
];

/** A valid sample with a few changes. */
export function mutant(random: Random, samples: readonly Buffer[]): Buffer {
  let bytes = random.of(samples);
  for (let rounds = 1 + random.below(4); rounds > 0; rounds -= 1) bytes = random.of(changes)(bytes, random, samples);
  return bytes.subarray(0, longest);
}

type Holder = Record<string, unknown>;

/** Every place of a value where something stands: the object or list that holds it, and its key. */
function places(value: unknown, found: [Holder, string][] = []): [Holder, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Holder, key]);
    places((value as Holder)[key], found);
  }
  return found;
}

const instead: readonly unknown[] = [
  ...[null, [], [null], {}, '', 'constructor', '__proto__', '\u202e<img src=x onerror=alert(1)>\u0000\n=1+1'],
  ...['x'.repeat(5000), 0, -1, 1.5, 65_536, 1e300, true, '2026-13-45T99:99:99Z', '::1', 'a..b'],
];

/** Another value of the same type. */
function alike(random: Random, value: unknown, all: readonly [Holder, string][]): unknown {
  if (Array.isArray(value)) return random.of([[], value.slice(1), [...value, ...value], value.toReversed()]);
  if (typeof value === 'object') return value === null ? random.of(instead) : {};
  const [holder, key] = random.of(all);
  const other = holder[key];
  return typeof other === typeof value ? other : random.of(instead.filter((entry) => typeof entry === typeof value));
}

/** JSON with a few places changed: another value, one from elsewhere in it, none, or twice the same. */
export function jsonMutant(random: Random, samples: readonly Buffer[]): Buffer {
  const root = JSON.parse(random.of(samples).toString()) as unknown;
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const all = places(root);
    if (all.length === 0) break;
    const [holder, key] = random.of(all);
    const way = random.below(8);
    if (way === 0 && !Array.isArray(holder)) delete holder[key];
    else if (way === 1) {
      const [other, from] = random.of(all);
      holder[key] = structuredClone(other[from]);
    } else if (way >= 5) holder[key] = alike(random, holder[key], all);
    else if (way === 2 && Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]));
    else holder[key] = structuredClone(random.of(instead));
  }
  return Buffer.from(JSON.stringify(root));
}
