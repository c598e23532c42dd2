import type { ScreenWords } from '../screen-words.ts';

/** Dutch words of the screen. */
export const screen: ScreenWords = {
  typed: 'adressen die u hebt genoemd',
  ofHosts: (hosts, all) => `(${hosts} van ${all} hosts)`,
};
