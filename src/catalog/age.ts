/** Which of two lists of a feature is the older one, by the dates of the documents that their endpoints name. Pure. */
import type { Feature } from '../model/catalog.ts';

/** ISO date; empty where no document has one. */
const newestDate = ({ endpoints }: Feature): string =>
  endpoints
    .flatMap(({ source, moreSources }) => [source, ...moreSources])
    .reduce((newest, source) => (source?.date != null && source.date > newest ? source.date : newest), '');

/** False where one of them has no date. */
export function isOlder(one: Feature, other: Feature): boolean {
  const [its, theirs] = [newestDate(one), newestDate(other)];
  return its !== '' && theirs !== '' && its < theirs;
}
