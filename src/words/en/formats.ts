import type { FormatWords } from '../format-words.ts';

/** English words of formats for programs and tickets. */
export const formats: FormatWords = {
  feature: 'Feature',
  measured: (version, at, machine) =>
    `Measured by wayclear ${version} at ${at}${machine === null ? '' : ` on ${machine}`}.`,
};
