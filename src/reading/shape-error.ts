import { harmless } from '../harmless.ts';
import { type Fault, mostFaults } from '../model/faults.ts';
import { UsageError } from '../usage-error.ts';
import { shapes as english } from '../words/en/shapes.ts';
import { expectedWords, faultWords, type ShapeWords } from '../words/shape-words.ts';

/** What was read. `file` as a message may show it. */
export interface ReadFile {
  readonly kind: 'catalog' | 'config' | 'report';
  readonly file: string;
}

interface Told {
  /** One line. */
  readonly message: string;
  /** A line for each further fault. */
  readonly more: readonly string[];
  readonly hint: string;
}

/** A file that is not as its shape says. The message is English; {@link tellShapeError} has it in other languages. */
export class ShapeError extends UsageError {
  readonly read: ReadFile;
  /** At least one. */
  readonly faults: readonly Fault[];

  constructor(read: ReadFile, faults: readonly Fault[]) {
    const { message, hint, more } = told(read, faults, english);
    super(message, hint, more);
    this.read = read;
    this.faults = faults;
  }
}

/** The error as a language tells it. */
export const tellShapeError = ({ read, faults }: ShapeError, words: ShapeWords): Told => told(read, faults, words);

/** Throws what is wrong with a file, if anything is. */
export function refuseFaults(read: ReadFile, faults: readonly Fault[]): void {
  if (faults.length > 0) throw new ShapeError(read, faults);
}

function told(read: ReadFile, faults: readonly Fault[], words: ShapeWords): Told {
  const [message = '', ...more] = faults.slice(0, mostFaults).map((fault) => lines[read.kind](fault, read.file, words));
  const isKey = faults[0]?.expected.is === 'memberOf' || faults[0]?.expected.is === 'forbidden';
  const hint = words.hints[read.kind === 'config' ? (isKey ? 'configKey' : 'configValue') : read.kind];
  return { message, more: faults.length < mostFaults ? more : [...more, words.moreFaults], hint };
}

const lines: Readonly<Record<ReadFile['kind'], (fault: Fault, file: string, words: ShapeWords) => string>> = {
  catalog(fault, file, words) {
    const place = fault.pointer === '' ? words.file : harmless(fault.pointer);
    const where = fault.expected.is === 'nesting' ? '' : `: ${place}`;
    return `${words.catalog(file)}${where}: ${faultWords(words, fault)}`;
  },
  config(fault, file, words) {
    const { expected, pointer } = fault;
    const key = harmless(pointer.split('/')[1] ?? '', 80);
    if (expected.is === 'memberOf') return `${file}: ${words.unknownKey(expected.key, expected.near)}`;
    if (expected.is === 'forbidden') return `${file}: ${words.unknownKey(expected.key, null)}`;
    if (expected.is === 'once' || pointer === '') return `${file}: ${faultWords(words, fault)}`;
    if (expected.is === 'most' && expected.of === 'list') return `${file}: ${words.tooMany(key, expected.count)}`;
    return `${file}: ${words.mustBe(key, expectedWords(words, fault))}`;
  },
  report(fault, file, words) {
    const place = fault.pointer === '' ? words.top : harmless(fault.pointer);
    return words.noReport(file, expectedWords(words, fault), place);
  },
};
