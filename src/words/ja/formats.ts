import type { FormatWords } from '../contract.ts';

/** Japanese words of formats for programs and tickets. */
export const formats: FormatWords = {
  feature: '機能',
  measured: (version, at, machine) =>
    `${at} に${machine === null ? '' : ` ${machine} で`} wayclear ${version} が測定。`,
};
