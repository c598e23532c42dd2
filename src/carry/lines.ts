/** Lines below the first: which kind each is, and where one is not as its shape says. */
import type * as z from '../model/shape.ts';
import { faultsOf } from '../reading/faults.ts';
import type { SignedBounds, SignedDocument } from '../signed/signed-lines.ts';

type Shapes = Readonly<Record<string, z.ZodMiniType>>;

/** The values of each kind, in the order of the document. */
export type Lines<S extends Shapes> = { readonly [K in keyof S]: readonly z.Of<S[K]>[] };

/** A line that is none of these; `place` is a JSON pointer in it. */
export interface LineFault {
  readonly line: number;
  readonly place: string;
}

/** A request of 20,000 probes has some 16 MiB. */
export const requestBounds: SignedBounds = {
  mostBytes: 32 * 1024 * 1024,
  mostLines: 50_100,
  longestLine: 4 * 1024 * 1024,
  deepest: 16,
};

/** A catalog file is one line, and may have 8 MiB. */
export const resultBounds: SignedBounds = {
  mostBytes: 256 * 1024 * 1024,
  mostLines: 500_000,
  longestLine: 20 * 1024 * 1024,
  deepest: 64,
};

/** Sorts the lines below the first by their kinds. */
export function sorted<S extends Shapes>({ values }: SignedDocument, shapes: S): Lines<S> | LineFault {
  const kinds = new Map<string, unknown[]>(Object.keys(shapes).map((kind) => [kind, []]));
  for (const [index, value] of values.entries()) {
    if (index === 0) continue;
    const [kind = '', ...others] = Object.keys(value);
    const shape = Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
    if (shape === undefined || others.length > 0) return { line: index + 1, place: '' };
    const [fault] = faultsOf(shape, value[kind]);
    if (fault !== undefined) return { line: index + 1, place: `/${kind}${fault.pointer}` };
    kinds.get(kind)?.push(value[kind]);
  }
  return Object.fromEntries(kinds) as unknown as Lines<S>;
}
