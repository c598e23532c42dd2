import { basename } from 'node:path';
import type { Expected } from '../model/faults.ts';
import * as z from '../model/shape.ts';
import { faultsOf } from '../reading/faults.ts';
import { refuseFaults, valueIn } from '../reading/shape-error.ts';
import { type Refusal, refusal, UsageError } from '../usage-error.ts';
import type { HelpWords } from '../words/contract.ts';
import { languages } from '../words/language.ts';
import { wordsOf } from '../words/load.ts';
import { type Flag, flags } from './flags.ts';
import type { Layer, Parse, Written } from './layers.ts';
import {
  countForm,
  durationForm,
  parseAmount,
  parseAssignment,
  parseLabel,
  parseLanguage,
  showDuration,
} from './values.ts';

interface Row extends Pick<Flag, 'kind' | 'choices' | 'default' | 'form'> {
  readonly name: string;
}

/** The features, URLs and hosts of the command line, as a key. */
const what: Row = { name: 'what', kind: 'list', choices: null, default: null, form: null };

const rows: readonly Row[] = [what, ...flags.filter(({ name }) => name !== 'config' && name !== 'attended')];

const mostEntries = 1000;
/** A variable of the environment may be as long on Windows. */
const mostCharacters = 32_768;
/** Of a value that has a form. */
const mostOfForm = 1000;

/** A text that the command line takes; the pattern is what JSON Schema can say of it. */
function formed(pattern: RegExp, parse: Parse<unknown>, expected: Expected): z.ZodMiniType<string> {
  const isTaken = (text: string): boolean => {
    try {
      parse('', text);
      return true;
    } catch (error) {
      if (error instanceof UsageError) return false;
      throw error;
    }
  };
  return z.like(pattern, expected).check(z.maxLength(mostOfForm, z.told(expected)), z.holds(isTaken, expected));
}

function valueShape({ name, choices, form }: Row, most: number): z.ZodMiniType<string | number> {
  if (choices !== null) return z.enum(choices);
  switch (form?.is) {
    case 'duration':
      return formed(durationForm, parseAmount(name), { is: 'duration', most: showDuration(form.mostMs) });
    case 'count': {
      const expected = { is: 'count', least: form.least, most: form.most } as const;
      const text = formed(countForm, parseAmount(name), expected);
      return z.union([z.whole(form.least, form.most, expected), text], z.told(expected));
    }
    case 'language':
      return formed(/^[A-Za-z]{2}/, parseLanguage, {
        is: 'choice',
        of: languages.map((lang) => `"${lang}"`),
        near: null,
      });
    case undefined:
      return z.string('text', most);
    default:
      return formed(/=/, form?.is === 'label' ? parseLabel : parseAssignment, { is: 'assignment' });
  }
}

function shapeOf(row: Row, most: number): z.ZodMiniType<string | number | boolean | readonly (string | number)[]> {
  if (row.kind === 'switch') return z.boolean();
  const value = valueShape(row, most);
  return row.kind === 'list' ? z.oneOrMany(value, mostEntries) : value;
}

/**
 * A configuration file: the keys are the names of the flags, and `what`; each is described in the words of a language. A text
 * has so many characters at most.
 */
export function configFile(
  { configKeys, options }: Pick<HelpWords, 'configKeys' | 'options'>,
  most: number = mostCharacters,
): z.ZodMiniType {
  const says: Readonly<Record<string, string>> = { ...options, what: configKeys.what };
  return z.strictObject({
    $schema: z.optional(z.about(z.string(), configKeys.schema)),
    ...Object.fromEntries(
      rows.map((row) => [
        row.name,
        z.optional(z.about(shapeOf(row, most), says[row.name] ?? '', { default: row.default ?? undefined })),
      ]),
    ),
  });
}

const shapeOfFile = configFile(wordsOf('en').help);
/** With the files that are named. */
const mostAttended = 64 * 1024 * 1024;

const deepest = 16;

/**
 * Options in JSON: the keys are the flags' names, and `what`; anything else is a UsageError, as is a value of a wrong type.
 * `label` names the file in messages.
 */
export function parseConfig(text: string, label: string | Refusal): Layer {
  const name = typeof label === 'string' ? basename(label) : label;
  return layerOf(shapeOfFile, objectOf(text, name), name, 'config');
}

/** What such a file says of the mode, and nothing else of it; null where it says none. */
export function parseMode(text: string, label: string): Layer | null {
  const name = basename(label);
  const { mode } = objectOf(text, name) as { readonly mode?: unknown };
  return mode === undefined ? null : layerOf(shapeOfFile, { mode }, name, 'config');
}

/** What another wayclear was told: by its flags, which count as flags here too, and by its configuration files. */
export function parseAttended(text: string, label: string | Refusal): readonly Layer[] {
  const told = objectOf(text, label);
  const { flags: byFlag, config, ...others } = told as Readonly<Record<string, object | undefined>>;
  if (Object.keys(others).length > 0) throw new UsageError('remote.attended');
  const shape = configFile(wordsOf('en').help, mostAttended);
  return [layerOf(shape, byFlag ?? {}, label, 'flag'), layerOf(shape, config ?? {}, label, 'config')];
}

function objectOf(text: string, name: string | Refusal): object {
  const noJson = (): UsageError => new UsageError('file.config-json', { file: name });
  const value = valueIn({ kind: 'config', file: name }, text, deepest, noJson);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError('file.config-object', { file: name });
  }
  return value;
}

function layerOf(shape: z.ZodMiniType, value: object, name: string | Refusal, source: 'flag' | 'config'): Layer {
  refuseFaults({ kind: 'config', file: name }, faultsOf(shape, value));
  const given = value as Readonly<Record<string, z.Of<ReturnType<typeof shapeOf>>>>;
  const values = Object.entries(given).flatMap(([key, entry]): readonly [string, Written][] => {
    const row = rows.find((candidate) => candidate.name === key);
    return row === undefined ? [] : [[key, written(row, entry)]];
  });
  const where = (key: string): string | Refusal =>
    source === 'flag' ? `--${key}` : refusal('file.key', { file: name, key });
  return { source, values: Object.fromEntries(values), where };
}

function written({ kind }: Row, value: z.Of<ReturnType<typeof shapeOf>>): Written {
  if (typeof value === 'boolean') return value;
  if (kind !== 'list') return String(value);
  return [value].flat().map(String);
}
