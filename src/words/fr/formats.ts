import type { FormatWords } from '../contract.ts';

/** French words of formats for programs and tickets. */
export const formats: FormatWords = {
  feature: 'Fonction',
  measured: (version, at, machine) =>
    `Mesuré par wayclear ${version} le ${at}${machine === null ? '' : ` sur ${machine}`}.`,
};
