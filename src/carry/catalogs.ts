/** Newer features of catalogs that came along: which of them may be taken. */
import { isOlder } from '../catalog/age.ts';
import { parseFeature } from '../catalog/parse.ts';
import type { Feature } from '../model/catalog.ts';
import { catalogHead } from '../model/message.ts';
import { headOf } from '../signed/head.ts';
import type { PublicKey } from '../signed/keys.ts';
import { readSignedLines } from '../signed/signed-lines.ts';
import { resultBounds } from './lines.ts';
import type { Extras } from './result.ts';

/** A feature that a catalog file holds, checked as one. */
export interface BroughtFeature {
  readonly feature: string;
  readonly file: unknown;
  /** Who signed the catalog; null where nobody did, or it was changed. */
  readonly signer: PublicKey | null;
  /** It is older than the one that is held. */
  readonly isOlder: boolean;
}

/** What came along, beside what is `held`. @throws UsageError for what is no catalog file */
export function broughtFeatures(
  { features, catalogs }: Pick<Extras, 'features' | 'catalogs'>,
  held: readonly Feature[],
): readonly BroughtFeature[] {
  const checked = (source: string, file: unknown, signer: PublicKey | null): BroughtFeature => {
    const parsed = parseFeature(file, source);
    const own = held.find(({ feature }) => feature === parsed.feature);
    return { feature: parsed.feature, file, signer, isOlder: own !== undefined && isOlder(parsed, own) };
  };
  return [
    ...features.map(({ source, file }) => checked(source, file, null)),
    ...catalogs.flatMap(({ source, text }) => {
      const document = readSignedLines(Buffer.from(text), resultBounds);
      const { problem, signer, values } = document;
      const proven = problem === null && headOf(document, catalogHead) !== null ? signer : null;
      return values.slice(1).map((line) => checked(source, line['feature'], proven));
    }),
  ];
}
