import type { RefusalWordsOf } from '../refusals.ts';
import { spaced } from './spacing.ts';

const instead = spaced(
  'wayclear carry prepare confie le contrôle à une machine connectée ; wayclear check --offline ne regarde que cette machine.',
);

/** Of a machine that is to send nothing, in French. */
export const mode: RefusalWordsOf<'mode'> = {
  'mode.offline': ({ where, command }) => [`${where} est offline, et ${command} envoie des paquets`, instead],
  'mode.connect': ({ where, command }) => [
    `${where} est offline, et ${command} envoie des paquets`,
    'Lancez-le sur une machine connectée.',
  ],
  'mode.fetched': ({ where, source }) => [
    `${where} est offline, et --catalog ${source} doit être téléchargé`,
    'wayclear carry connect --catalog le rapporte d’une machine connectée.',
  ],
  'mode.sealed': ({ where }) => [spaced(`${where} est offline : rien n’est envoyé`), instead],
  'mode.store': ({ where, place }) => [
    `${where} est offline, et l’historique ${place} est joint par le réseau`,
    `Sur une machine connectée, wayclear store copy ${place} FILE en fait un fichier, lisible ici.`,
  ],
};
