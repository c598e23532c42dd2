import { entryOf } from '../../entry.ts';
import type { RefusalWordsOf } from '../refusals.ts';
import { faultsTold } from '../shape-words.ts';
import { reasons, unknownReason } from './reasons.ts';
import { shapes } from './shapes.ts';

const example = 'Bijvoorbeeld { "timeout": "5s", "cloud": "usgov" }.';
const passwordHint = 'Geef een bestand met het wachtwoord en verder niets.';

/** Of files that are read and written, and why the system refuses one, in Dutch. */
export const files: RefusalWordsOf<'file' | 'reason'> = {
  'reason.system': ({ code }) => [code === '' ? unknownReason : (entryOf(reasons, code) ?? code)],
  'reason.runtime': ({ code }) => [code === '' ? unknownReason : (entryOf(reasons, code) ?? code)],
  'file.faults': (args) => faultsTold(shapes, args),
  'file.stdin': () => ['standaardinvoer'],
  'file.key': ({ file, key }) => [`${file}: "${key}"`],
  'file.of': ({ where, file }) => [`${where}: ${file}`],
  'file.folder': ({ where, file }) => [`${where}: ${file} is een map`],
  'file.large': ({ where, file, kib }) => [`${where}: ${file} is groter dan ${kib} KiB`],
  'file.unreadable': ({ where, file, why }) => [`${where}: ${file} kan niet worden gelezen (${why})`],
  'file.missing': ({ where, file, why }) => [
    `${where}: ${file} kan niet worden gelezen (${why})`,
    'Geef het pad van een bestaand bestand; een relatief pad telt vanaf de werkmap.',
  ],
  'file.stdin-twice': () => ['standaardinvoer is twee keer genoemd', 'Ze kan maar voor één ding worden gelezen.'],
  'file.stdin-large': ({ kib }) => [`standaardinvoer is groter dan ${kib} KiB`, 'Geef er minder van.'],
  'file.stdin-late': () => ['standaardinvoer eindigde niet voor de deadline', 'Geef in plaats daarvan een bestand.'],
  'file.config-json': ({ file }) => [`${file}: geen JSON`, `Het bestand bevat één object. ${example}`],
  'file.config-object': ({ file }) => [`${file}: geen JSON-object`, example],
  'file.report-json': ({ file }) => [`${file} is geen JSON`, 'Geef een bestand dat --format json=BESTAND schreef.'],
  'file.stranger': ({ file, what }) => [
    `${file}: ${what} wordt niet overgenomen uit een bestand dat alleen maar in deze map ligt`,
    `Is het bestand van u, noem het dan met --config ${file}, of zet dit in uw eigen bestand (zie wayclear --help).`,
  ],
  'file.stranger-format': ({ file }) => [`het bestand van "format": ${file}`],
  'file.stranger-address': ({ address }) => [`het adres ${address} van "what"`],
  'file.stranger-parameter': ({ parameter }) => [`de parameter ${parameter} van "set", die een adres kan zijn`],
  'file.no-root': ({ where }) => [
    `${where}: geen certificaat in het bestand`,
    'Geef een PEM-bestand met de rootcertificaten van de proxy.',
  ],
  'file.ca-unreadable': ({ file, code }) => [
    `het CA-bestand ${file} kan niet worden gelezen (${code})`,
    'Geef --ca-file een leesbaar PEM- of DER-bestand.',
  ],
  'file.ca-empty': ({ file }) => [
    `geen certificaat in het CA-bestand ${file}`,
    'Exporteer het rootcertificaat als PEM (Base64) of DER.',
  ],
  'file.ca-broken': ({ file }) => [
    `het CA-bestand ${file} bevat iets wat geen certificaat is`,
    'Exporteer het opnieuw als PEM (Base64) of DER.',
  ],
  'file.password-large': () => ['Het wachtwoordbestand van de proxy is groter dan 64 KiB', passwordHint],
  'file.password-unreadable': ({ why }) => [
    `Het wachtwoordbestand van de proxy kan niet worden gelezen (${why})`,
    passwordHint,
  ],
  'file.password-empty': () => ['Het wachtwoordbestand van de proxy is leeg', passwordHint],
  'file.password-text': () => ['Het wachtwoordbestand van de proxy is geen UTF-8-tekst', 'Sla het op als UTF-8.'],
  'file.output-folder': ({ file }) => [
    `${file} kan niet worden geschreven: het is een map`,
    'Noem een bestand daarin.',
  ],
  'file.output': ({ file, why }) => [
    `${file} kan niet worden geschreven: ${why}`,
    'Er is niets verstuurd. Noem een bestand in een bestaande map waarin geschreven mag worden.',
  ],
  'file.output-link': ({ file }) => [
    `${file} kan niet worden geschreven: het is een koppeling naar een bestand dat er niet is`,
    'Er is niets verstuurd. Noem het bestand zelf.',
  ],
  'file.output-pipe': ({ file }) => [
    `${file} kan niet worden geschreven: niemand leest deze pijp`,
    'Er is niets verstuurd.',
  ],
  'file.one-line': ({ where }) => [`${where}: één regel verwacht`, 'Geef een bestand met alleen het geheim.'],
};
