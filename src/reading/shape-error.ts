import type { Fault } from '../model/faults.ts';
import { type Refusal, UsageError } from '../usage-error.ts';
import type { ReadFile } from '../words/shape-words.ts';

/** Throws what is wrong with a file, if anything is. */
export function refuseFaults(
  read: Pick<ReadFile, 'kind'> & { readonly file: string | Refusal },
  faults: readonly Fault[],
): void {
  if (faults.length > 0) throw new UsageError('file.faults', { read, faults });
}
