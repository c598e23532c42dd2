import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';

/** Of catalogs, and of fetching one, in Dutch. */
export const catalogs: RefusalWordsOf<'catalog' | 'fetch'> = {
  'catalog.json': ({ file, line }) => [
    `catalogus ${file}: JSON verwacht${line === null ? '' : `, regel ${line}`}`,
    '`wayclear schema catalog` toont wat in een catalogusbestand mag staan.',
  ],
  'catalog.twice': ({ file, feature, first, bundled }) => [
    `catalogus ${file}: functie "${feature}" staat al in ${first}`,
    bundled
      ? 'Geef ze een andere naam, of laat de meegeleverde catalogus weg met --no-bundled.'
      : 'Geef een van de twee een andere naam.',
  ],
  'catalog.endpoints': ({ file, most }) => [
    `catalogus ${file}: meer dan ${most} eindpunten in totaal`,
    'Splits de catalogus en controleer één deel per keer.',
  ],
  'catalog.empty-folder': ({ file }) => [
    `catalogus ${file}: de map bevat geen catalogusbestand`,
    'Een catalogusbestand eindigt op .json.',
  ],
  'catalog.files': ({ file, most }) => [
    `catalogus ${file}: meer dan ${most} bestanden`,
    'Noem de bestanden die bedoeld zijn.',
  ],
  'catalog.no-file': ({ file }) => [
    `catalogus ${file}: bestand verwacht`,
    'Sla de catalogus op in een bestand en geef het pad ervan.',
  ],
  'catalog.text': ({ file }) => [`catalogus ${file}: UTF-8-tekst verwacht`, 'Sla het op als UTF-8.'],
  'catalog.large': ({ file, mib }) => [
    `catalogus ${file}: groter dan ${mib} MiB`,
    'Splits hem: één bestand per functie.',
  ],
  'catalog.unreadable': ({ file, why }) => [
    `catalogus ${file}: kan niet worden gelezen: ${why}`,
    'Geef een bestand, een map met *.json-bestanden, of m365:worldwide.',
  ],
  'catalog.instance': ({ file, near, names }) => [
    `catalogus ${file}: onbekende instantie${meant(near)}`,
    `Er is ${names.join(', ')}; een opgeslagen antwoord is m365:./BESTAND.`,
  ],
  'catalog.fetch': ({ file, host, why, url }) => [
    `catalogus ${file}: kan niet van ${host} worden opgehaald: ${why}`,
    `Sla ${url}?ClientRequestId=<GUID> elders op en geef het pad van het bestand.`,
  ],
  'fetch.account': () => ['de proxy vraagt om een account (status 407)'],
  'fetch.scheme': ({ schemes }) => [
    `de proxy vraagt om ${
      schemes.length === 0 ? 'een onbekende methode' : schemes.join(', ')
    }, en catalogi worden alleen met Basic opgehaald (status 407)`,
  ],
  'fetch.refused': () => ['de proxy weigert het account (status 407)'],
  'fetch.wait': () => ['de dienst vraagt om een uur te wachten (status 429)'],
  'fetch.status': ({ status }) => [`status ${status}`],
  'fetch.large': ({ mib }) => [`het antwoord is groter dan ${mib} MiB`],
  'fetch.late': ({ seconds }) => [`geen antwoord binnen ${seconds} s`],
  'fetch.deadline': () => ['de deadline was eerder voorbij'],
};
