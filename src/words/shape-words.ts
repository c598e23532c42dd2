/** What every language says of a file that is not as it should be: apart from the other words, for readers of files know no others. */
import { harmless } from '../harmless.ts';
import { type Fault, mostFaults } from '../model/faults.ts';
import type { shapes } from './en/shapes.ts';
import type { Said, Same } from './said.ts';

/** Of lines, each tells one fault. Places in a file are JSON pointers, or one of its two names for the whole of it. */
export type ShapeWords = Same<typeof shapes>;

type What = Pick<Fault, 'expected' | 'got'>;

/** What was expected at a place. */
export function expectedWords(words: ShapeWords, { expected, got }: What): string {
  switch (expected.is) {
    case 'object':
    case 'memberOf':
      return words.object(words.listed(expected.keys, expected.any));
    case 'choice':
      if (expected.near !== null) return expected.of.join(', ') + words.near(expected.near);
      return got.is === 'nothing' ? words.listed(expected.of, true) : expected.of.join(', ');
    case 'least':
    case 'most':
      return words[expected.is](expected.of, expected.count);
    case 'duration':
      return words.duration(expected.most);
    case 'count':
      return words.count(expected.least, expected.most);
    case 'nesting':
      return words.nesting(expected.most);
    case 'once':
    case 'forbidden':
      return words[expected.is](expected.key);
    case 'unique':
      return words.unique(expected.key, expected.other);
    case 'anchorName':
      return words.anchorName + (expected.near === null ? '' : words.near(expected.near));
    case 'hostOf':
      return words.hostOf(expected.pattern);
    case 'fingerprintOf':
      return words.fingerprintOf(expected.sha256);
    default:
      return words.plain[expected.is];
  }
}

/** What was expected, and what is there. */
export function faultWords(words: ShapeWords, what: What): string {
  const { expected, got } = what;
  const isSaid = expected.is === 'once' || expected.is === 'forbidden' || expected.is === 'nesting';
  const shown = got.is === 'value' ? got.json : words.got[got.is];
  const there = expected.is === 'memberOf' ? words.gotKey(words.unknownKey(expected.key, expected.near)) : shown;
  return words.expected(expectedWords(words, what), isSaid ? null : there);
}

/** What was read. `file` as a message may show it. */
export interface ReadFile {
  readonly kind: 'catalog' | 'config' | 'report' | 'ways';
  readonly file: string;
}

/** What is told of a file with faults, at least one. */
export function faultsTold(
  words: ShapeWords,
  { read, faults }: { readonly read: ReadFile; readonly faults: readonly Fault[] },
): Said {
  const [message = '', ...more] = faults.slice(0, mostFaults).map((fault) => lines[read.kind](fault, read.file, words));
  const isKey = faults[0]?.expected.is === 'memberOf' || faults[0]?.expected.is === 'forbidden';
  const hint = words.hints[read.kind === 'config' ? (isKey ? 'configKey' : 'configValue') : read.kind];
  return [message, hint, faults.length < mostFaults ? more : [...more, words.moreFaults]];
}

/** Where in a file it is; of the nesting nobody has to know. */
const placeOf = ({ pointer, expected }: Fault, whole: string): string =>
  expected.is === 'nesting' ? '' : `: ${pointer === '' ? whole : harmless(pointer)}`;

const lines: Readonly<Record<ReadFile['kind'], (fault: Fault, file: string, words: ShapeWords) => string>> = {
  catalog: (fault, file, words) => `${words.catalog(file)}${placeOf(fault, words.file)}: ${faultWords(words, fault)}`,
  config(fault, file, words) {
    const { expected } = fault;
    const isUnknown = expected.is === 'memberOf' || expected.is === 'forbidden';
    const near = expected.is === 'memberOf' ? expected.near : null;
    // Its keys are too many to name.
    const told = isUnknown ? words.unknownKey(expected.key, near) : faultWords(words, fault);
    return `${file}${placeOf(fault, words.top)}: ${told}`;
  },
  ways(fault, file, words) {
    const place = fault.pointer === '' ? words.top : harmless(fault.pointer);
    // A text that stands there may be a secret: addresses of webhooks are.
    const isText = fault.got.is === 'value' && fault.got.json.startsWith('"');
    const told = isText ? words.expected(expectedWords(words, fault), null) : faultWords(words, fault);
    return `${file}: ${place}: ${told}`;
  },
  report(fault, file, words) {
    const place = fault.pointer === '' ? words.top : harmless(fault.pointer);
    return words.noReport(file, expectedWords(words, fault), place);
  },
};
