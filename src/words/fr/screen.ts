import type { ScreenWords } from '../screen-words.ts';

/** French words of the screen. */
export const screen: ScreenWords = {
  typed: 'adresses que vous avez indiquées',
  ofHosts: (hosts, all) => `(${hosts} hôtes sur ${all})`,
};
