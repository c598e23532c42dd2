import type { RefusalWordsOf } from '../refusals.ts';

const shownBy = 'wayclear carry show BESTAND toont wat erin staat.';
const again = 'Breng het opnieuw over: wayclear carry prepare, connect, import.';
const clocks = 'Zet de klok van beide machines gelijk, en meet opnieuw.';

/** Of documents that are carried, in Dutch. */
export const carry: RefusalWordsOf<'carry'> = {
  'carry.empty': () => ['het document is leeg', again],
  'carry.too-large': () => ['het document is groter dan alles wat wayclear schrijft', again],
  'carry.not-text': () => ['het document is geen UTF-8-tekst', again],
  'carry.too-many-lines': () => ['het document heeft meer regels dan alles wat wayclear schrijft', again],
  'carry.long-line': ({ line }) => [`regel ${line} is langer dan elke regel die wayclear schrijft`, again],
  'carry.not-json': ({ line }) => [`regel ${line} is geen JSON-object`, shownBy],
  'carry.unsigned': () => ['het document eindigt zonder handtekening: er ontbreekt een deel', again],
  'carry.changed': () => ['de handtekening past niet: het document is onderweg veranderd', again],
  'carry.line': ({ line, place }) => [
    `regel ${line} is niet zoals deze versie hem schrijft${place === '' ? '' : ` (bij ${place})`}`,
    'Gebruik op beide machines dezelfde versie van wayclear.',
  ],
  'carry.no-request': () => ['het document is geen verzoek van deze versie', shownBy],
  'carry.no-result': () => ['het document is geen resultaat van deze versie', shownBy],
  'carry.no-such-request': ({ nonce }) => [
    `deze machine heeft geen verzoek ${nonce} geschreven, of is het vergeten`,
    'Importeer op de machine, en met het account, waar het verzoek is gemaakt.',
  ],
  'carry.other-request': () => ['het resultaat hoort bij een ander verzoek dan dat van deze machine', again],
  'carry.untrusted': ({ fingerprint }) => [
    `het resultaat is ondertekend door ${fingerprint}, een sleutel die niemand hier heeft genoemd`,
    `Vergelijk die met wat carry connect vertelde; is het dezelfde: --trust ${fingerprint}`,
  ],
  'carry.future': ({ at, now }) => [`het resultaat komt uit de toekomst: ${at}, en hier is het ${now}`, clocks],
  'carry.before-request': ({ at, asked }) => [`het resultaat (${at}) is ouder dan het verzoek (${asked})`, clocks],
  'carry.too-old': ({ at, days }) => [
    `het resultaat is van ${at}, meer dan ${days} dagen geleden`,
    'Meet opnieuw, of sta meer toe met --max-age DAGEN.',
  ],
  'carry.imported-before': ({ at }) => [`het resultaat is al eerder geïmporteerd, op ${at}`, again],
  'carry.unreadable': ({ command, file, why }) => [
    `${command}: kan ${file} niet lezen (${why})`,
    'Geef het pad van een bestand dat er is; een relatief pad telt vanaf de werkmap.',
  ],
  'carry.unwritable': ({ folder, why }) => [
    `kan wat meekwam niet in ${folder} schrijven (${why})`,
    'Noem met --extract een map waarin dit account mag schrijven.',
  ],
  'carry.fetched': ({ source }) => [
    `--catalog ${source} moet worden opgehaald, en carry prepare stuurt geen pakket`,
    'Geef het aan carry connect, of bewaar de lijst in een bestand en geef het pad daarvan.',
  ],
  'carry.out': ({ command }) => [`${command}: --out BESTAND ontbreekt`, 'Noem het bestand dat wordt overgebracht.'],
  'carry.same-file': ({ file }) => [
    `carry connect: --out noemt het verzoek zelf, ${file}`,
    'Geef het resultaat een eigen naam.',
  ],
  'carry.fingerprint': ({ where, text }) => [
    `${where}: ${text} is geen vingerafdruk`,
    'Die heeft 16 hexadecimale cijfers, zoals carry key en carry connect ze tonen.',
  ],
};
