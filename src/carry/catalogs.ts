/** Newer features of catalogs that came along: which of them may be taken. */
import { parseFeature } from '../catalog/parse.ts';
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
  /** A key that counts here signed the catalog. */
  readonly isSigned: boolean;
}

/** @throws UsageError for what is no catalog file */
export function broughtFeatures(
  { features, catalogs }: Pick<Extras, 'features' | 'catalogs'>,
  isTrusted: (key: PublicKey) => boolean,
): readonly BroughtFeature[] {
  const checked = (source: string, file: unknown, isSigned: boolean): BroughtFeature => ({
    feature: parseFeature(file, source).feature,
    file,
    isSigned,
  });
  return [
    ...features.map(({ source, file }) => checked(source, file, false)),
    ...catalogs.flatMap(({ source, text }) => {
      const document = readSignedLines(Buffer.from(text), resultBounds);
      const { problem, signer, values } = document;
      const isSigned =
        problem === null && headOf(document, catalogHead) !== null && signer !== null && isTrusted(signer);
      return values.slice(1).map((line) => checked(source, line['feature'], isSigned));
    }),
  ];
}
