import type { FormatWords } from '../contract.ts';

/** Dutch words of formats for programs and tickets. */
export const formats: FormatWords = {
  feature: 'Functie',
  measured: (version, at, machine) =>
    `Gemeten door wayclear ${version} op ${at}${machine === null ? '' : ` op ${machine}`}.`,
};
