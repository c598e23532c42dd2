import { basename } from 'node:path';
import * as z from '../model/shape.ts';
import { faultsOf } from '../reading/faults.ts';
import { refuseFaults, valueIn } from '../reading/shape-error.ts';
import { type Refusal, refusal, UsageError } from '../usage-error.ts';
import type { HelpWords } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { type Flag, flags } from './flags.ts';
import type { Layer, Written } from './layers.ts';

interface Row extends Pick<Flag, 'kind' | 'choices' | 'default'> {
  readonly name: string;
}

/** The features, URLs and hosts of the command line, as a key. */
const what: Row = { name: 'what', kind: 'list', choices: null, default: null };

const rows: readonly Row[] = [what, ...flags.filter(({ name }) => name !== 'config' && name !== 'attended')];

/** A value as on the command line, where all is text. */
const word = z.named('value', z.union([z.string(), z.number()], 'text'));
const mostWords = 1000;

function shapeOf({ kind, choices }: Row): z.ZodMiniType<string | number | boolean | readonly (string | number)[]> {
  if (kind === 'switch') return z.boolean();
  if (kind === 'list') return z.union([word, z.list(word, 'text').check(z.maxLength(mostWords))], 'text');
  return choices === null ? word : z.enum(choices);
}

/** A configuration file: the keys are the names of the flags, and `what`; each is described in the words of a language. */
export function configFile({ configKeys, options }: Pick<HelpWords, 'configKeys' | 'options'>): z.ZodMiniType {
  const says: Readonly<Record<string, string>> = { ...options, what: configKeys.what };
  return z.strictObject({
    $schema: z.optional(z.about(z.string(), configKeys.schema)),
    ...Object.fromEntries(
      rows.map((row) => [
        row.name,
        z.optional(z.about(shapeOf(row), says[row.name] ?? '', { default: row.default ?? undefined })),
      ]),
    ),
  });
}

const shape = configFile(wordsOf('en').help);

const deepest = 16;

/**
 * Options in JSON: the keys are the flags' names, and `what`; anything else is a UsageError, as is a value of a wrong type.
 * `label` names the file in messages.
 */
export function parseConfig(text: string, label: string | Refusal): Layer {
  const name = typeof label === 'string' ? basename(label) : label;
  return layerOf(objectOf(text, name), name, 'config');
}

/** What such a file says of the mode, and nothing else of it; null where it says none. */
export function parseMode(text: string, label: string): Layer | null {
  const name = basename(label);
  const { mode } = objectOf(text, name) as { readonly mode?: unknown };
  return mode === undefined ? null : layerOf({ mode }, name, 'config');
}

/** What another wayclear was told: by its flags, which count as flags here too, and by its configuration files. */
export function parseAttended(text: string, label: string | Refusal): readonly Layer[] {
  const told = objectOf(text, label);
  const { flags: byFlag, config, ...others } = told as Readonly<Record<string, object | undefined>>;
  if (Object.keys(others).length > 0) throw new UsageError('remote.attended');
  return [layerOf(byFlag ?? {}, label, 'flag'), layerOf(config ?? {}, label, 'config')];
}

function objectOf(text: string, name: string | Refusal): object {
  const noJson = (): UsageError => new UsageError('file.config-json', { file: name });
  const value = valueIn({ kind: 'config', file: name }, text, deepest, noJson);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError('file.config-object', { file: name });
  }
  return value;
}

function layerOf(value: object, name: string | Refusal, source: 'flag' | 'config'): Layer {
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
