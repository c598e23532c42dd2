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
  'mode.sealed': () => ['deze machine is offline: er wordt niets gestuurd', instead],
};
