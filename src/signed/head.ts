import type * as z from '../model/shape.ts';
import type { ZodMiniType } from '../model/shape.ts';
import { faultsOf } from '../reading/faults.ts';
import type { SignedDocument } from './signed-lines.ts';

/** The first line of a document, if it has this shape and names as its author whose signature it bears; null otherwise. */
export function headOf<S extends ZodMiniType>({ values, signer }: SignedDocument, shape: S): z.Of<S> | null {
  const [first] = values;
  if (first === undefined || signer === null || first['key'] !== signer.key) return null;
  return faultsOf(shape, first).length === 0 ? (first as z.Of<S>) : null;
}
