import type { RefusalWordsOf } from '../refusals.ts';

const instead =
  'wayclear carry prepare brengt de controle naar een verbonden machine; wayclear check --offline bekijkt alleen deze machine.';

/** Of a machine that is to send nothing, in Dutch. */
export const mode: RefusalWordsOf<'mode'> = {
  'mode.offline': ({ where, command }) => [`${where} is offline, en ${command} stuurt pakketten`, instead],
  'mode.connect': ({ where, command }) => [
    `${where} is offline, en ${command} stuurt pakketten`,
    'Voer het uit op een verbonden machine.',
  ],
  'mode.fetched': ({ where, source }) => [
    `${where} is offline, en --catalog ${source} moet worden opgehaald`,
    'wayclear carry connect --catalog brengt het mee van een verbonden machine.',
  ],
  'mode.sealed': ({ where }) => [`${where} is offline: er wordt niets gestuurd`, instead],
  'mode.store': ({ where, place }) => [
    `${where} is offline, en de opslag ${place} wordt over het netwerk bereikt`,
    `Op een verbonden machine maakt wayclear store copy ${place} FILE er een bestand van, dat hier te lezen is.`,
  ],
};
