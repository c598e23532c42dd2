/** Documents that are carried: read, named, refused. */
import { resolve } from 'node:path';
import type { LineFault } from '../carry/lines.ts';
import { type ImportProblem, refusalOf } from '../carry/verdict.ts';
import { readNamedFile } from '../named-file.ts';
import { readSignedLines, type SignedBounds, type SignedDocument } from '../signed/signed-lines.ts';
import { reasonOf, UsageError } from '../usage-error.ts';
import { stateOf } from './carry-options.ts';
import type { Io } from './io.ts';
import type { Options } from './options.ts';
import { quoted } from './values.ts';

/** A document as it was found. */
export interface Found {
  readonly bytes: Uint8Array;
  readonly document: SignedDocument;
}

/** The state folder. @throws UsageError where nothing says which it is */
export function stateNeeded(io: Io, { state }: Pick<Options, 'state'>): string {
  const folder = stateOf(io, state);
  if (folder === null) throw new UsageError('state.nowhere');
  return folder;
}

/** A document from a file, or from standard input (`-`). */
export async function readCarried(io: Io, command: string, file: string, bounds: SignedBounds): Promise<Found> {
  const bytes =
    file === '-'
      ? Buffer.from(await io.readStdin(bounds.mostBytes))
      : await bytesOf(io, command, file, bounds.mostBytes);
  return { bytes, document: readSignedLines(bytes, bounds) };
}

async function bytesOf(io: Io, command: string, file: string, mostBytes: number): Promise<Uint8Array> {
  try {
    return (await readNamedFile(resolve(io.cwd, file), { mostBytes, signal: io.ending.work })).bytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EFBIG') throw refused({ code: 'too-large' });
    throw new UsageError('carry.unreadable', { command, file: quoted(file), why: reasonOf(error) });
  }
}

/** Why nothing is made of a document. */
export const refused = (problem: ImportProblem): UsageError => UsageError.of(refusalOf(problem));

export const isFault = (value: object): value is LineFault => 'place' in value;
