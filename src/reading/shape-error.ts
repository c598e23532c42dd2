import type { Fault } from '../model/faults.ts';
import { UsageError } from '../usage-error.ts';
import type { ReadFile } from '../words/shape-words.ts';

/** Throws what is wrong with a file, if anything is. */
export function refuseFaults(read: ReadFile, faults: readonly Fault[]): void {
  if (faults.length > 0) throw new UsageError('file.faults', { read, faults });
}
