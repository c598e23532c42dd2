import type { ScreenWords } from '../screen-words.ts';

/** English words of the screen. */
export const screen: ScreenWords = {
  typed: 'addresses that you named',
  ofHosts: (hosts, all) => `(${hosts} of ${all} hosts)`,
};
