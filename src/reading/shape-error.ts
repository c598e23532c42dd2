import type { Fault } from '../model/faults.ts';
import { type Refusal, UsageError } from '../usage-error.ts';
import type { ReadFile } from '../words/shape-words.ts';
import { type Json, readJson } from './json.ts';

type Read = Pick<ReadFile, 'kind'> & { readonly file: string | Refusal };

/** Throws what is wrong with a file, if anything is. */
export function refuseFaults(read: Read, faults: readonly Fault[]): void {
  if (faults.length > 0) throw new UsageError('file.faults', { read, faults });
}

/** What the JSON of a file says. @throws UsageError for what its text shows to be wrong; `noJson` tells what is none */
export function valueIn(
  read: Read,
  text: string,
  deepest: number,
  noJson: (why: Extract<Json, { readonly problem: string }>) => UsageError,
): unknown {
  const json = readJson(text, deepest);
  if ('problem' in json) throw noJson(json);
  if ('faults' in json) throw new UsageError('file.faults', { read, faults: json.faults });
  return json.value;
}
