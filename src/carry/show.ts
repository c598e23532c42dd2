/** All that a carried document says, line by line, for whoever has to let it pass. */
import { escapedInJson, harmless } from '../harmless.ts';
import { readJson } from '../reading/json.ts';
import type { View } from '../report/view.ts';
import { hang } from '../report/wrap.ts';
import { type SignedDocument, textOf as textIn } from '../signed/signed-lines.ts';
import type { CarryLine, CarryWords, Words } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { tellRefusal } from '../words/refusals.ts';
import { refusalOf } from './verdict.ts';

/** A document, and what this machine knows of who signed it. */
export interface Shown {
  readonly bytes: Uint8Array;
  readonly document: SignedDocument;
  readonly signer: 'own' | 'trusted' | 'unknown';
}

/** Levels of a line that are read for showing; a deeper one is shown as it stands. */
const deepest = 64;
/** Characters; a longer value (a certificate, a catalog file) stands on lines of its own, as it is. */
const longestWrapped = 65_536;

type Kind = keyof CarryWords['kinds'];

function kindOf({ values: [head] }: SignedDocument, { kinds }: CarryWords): Kind {
  const kind = head?.['kind'];
  return typeof kind === 'string' && Object.hasOwn(kinds, kind) ? (kind as Kind) : 'unknown';
}

/** What is proven of a document, in a few lines. */
export function shownHead(shown: Shown, view: View): string {
  const words = wordsOf(view.lang);
  const { carry } = words;
  const { bytes, document, signer } = shown;
  const { sha256, problem } = document;
  const lines = rawLines(bytes).length;
  const rows: readonly (readonly [keyof CarryWords['fields'], string])[] = [
    ['sha256', sha256],
    ['signature', signatureWords(document, carry)],
    ...(document.signer === null
      ? []
      : [['signer', `${document.signer.fingerprint} (${carry.signers[signer]})`] as const]),
  ];
  const mark = problem === null ? '✓' : '✗';
  const why = problem === null ? [] : hang('✗ ', tellRefusal(words.refusals, refusalOf(problem)).message, view.width);
  return `${[
    ...hang(
      `${mark} `,
      `${carry.kinds[kindOf(document, carry)]}${words.labels.punctuation.colon}${carry.size(lines, bytes.length)}`,
      view.width,
    ),
    ...why,
    ...factLines(rows, words, view.width),
  ].join('\n')}\n`;
}

const signatureWords = ({ problem, signer }: SignedDocument, { signatures }: CarryWords): string =>
  problem === null ? signatures.good : signer === null ? signatures.none : signatures.changed;

/** Facts, one a line: what each is, and its value. */
export function factLines(
  rows: readonly (readonly [keyof CarryWords['fields'], string])[],
  { carry, labels }: Words,
  width: number,
): readonly string[] {
  return rows.flatMap(([name, value]) =>
    hang(`  ${carry.fields[name]}${labels.punctuation.colon}`, harmless(value, 4000), width),
  );
}

/** Text without line ends; what is no text has none. */
function rawLines(bytes: Uint8Array): readonly string[] {
  const text = textIn(bytes)?.replaceAll('\r\n', '\n');
  return (text?.endsWith('\n') ? text.slice(0, -1) : text)?.split('\n') ?? [];
}

/** Every line: what it is, and each of its members with what it means. Pieces, since a document may be large. */
export function* shownLines({ bytes, document }: Shown, view: View): Iterable<string> {
  const words = wordsOf(view.lang);
  const isTooLarge = document.problem?.code === 'too-large' || document.problem?.code === 'too-many-lines';
  for (const [index, line] of (isTooLarge ? [] : rawLines(bytes)).entries()) {
    yield `${['', ...lineText(line, index, words, view.width)].join('\n')}\n`;
  }
}

function lineText(line: string, index: number, words: Words, width: number): readonly string[] {
  const { carry, labels } = words;
  const json = readJson(line, deepest);
  const value = 'value' in json ? json.value : null;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  const members = isObject ? (value as Readonly<Record<string, unknown>>) : {};
  const [kind, inside] = contentOf(members, index, carry);
  const title = `${carry.line(index + 1, Buffer.byteLength(line) + 1)}${labels.punctuation.colon}${carry.lines[kind]}`;
  const rest = isObject ? [] : valueText('  ', line, width);
  return [
    ...hang('', title, width),
    ...Object.entries(inside).flatMap(([name, part]) => {
      const meaning = Object.hasOwn(carry.members, name)
        ? carry.members[name as keyof CarryWords['members']]
        : carry.unknownMember;
      return valueText(`  ${harmless(name, 80)} (${meaning})${labels.punctuation.colon}`, textOf(part), width);
    }),
    ...rest,
  ];
}

/** What a line is, and the members that are told one by one. */
function contentOf(
  members: Readonly<Record<string, unknown>>,
  index: number,
  { lines }: CarryWords,
): readonly [CarryLine, Readonly<Record<string, unknown>>] {
  const [[name, value] = ['', null], ...others] = Object.entries(members);
  if (index === 0 && name !== 'signature') return ['head', members];
  const isKnown = others.length === 0 && Object.hasOwn(lines, name) && name !== 'head' && name !== 'unknown';
  if (!isKnown || typeof value !== 'object' || value === null) return ['unknown', members];
  return [name as CarryLine, Array.isArray(value) ? members : (value as Readonly<Record<string, unknown>>)];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((part) => typeof part === 'string' && /^[\w.:/-]+$/.test(part)))
    return value.join(', ');
  return escapedInJson(JSON.stringify(value));
}

function valueText(first: string, value: string, width: number): readonly string[] {
  const text = harmless(value, Number.POSITIVE_INFINITY);
  return text.length <= longestWrapped ? hang(first, text, width) : [first.trimEnd(), text];
}
