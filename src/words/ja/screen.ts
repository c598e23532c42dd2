import type { ScreenWords } from '../screen-words.ts';

/** Japanese words of the screen. */
export const screen: ScreenWords = {
  typed: '指定されたアドレス',
  ofHosts: (hosts, all) => `(${all} ホスト中 ${hosts})`,
};
