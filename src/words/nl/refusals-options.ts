import type { RefusalWordsOf } from '../refusals.ts';
import { either, meant } from './phrases.ts';

/** Of the command line and of values of options, in Dutch. */
export const options: RefusalWordsOf<'option'> = {
  'option.duration': ({ where, text, digits }) => [
    `${where}: ${text} is geen tijdsduur`,
    `Schrijf een getal en een eenheid: 500ms, 10s of 2m.${
      digits === null ? '' : ` ${digits}s betekent seconden, ${digits}ms milliseconden.`
    }`,
  ],
  'option.range': ({ where, text, least, most }) => [
    `${where}: ${text} valt buiten het bereik`,
    `De waarde mag van ${least} tot en met ${most} zijn.`,
  ],
  'option.count': ({ where, text, least, most }) => [
    `${where}: ${text} is geen geheel getal van ${least} tot en met ${most}`,
  ],
  'option.choice': ({ where, text, near, choices }) => [
    `${where}: onbekende waarde ${text}${meant(near)}`,
    `Mogelijk zijn ${either(choices)}.`,
  ],
  'option.assignment': ({ where, text }) => [
    `${where}: ${text} heeft niet de vorm NAAM=WAARDE`,
    'Bijvoorbeeld: --set tenantId=WAARDE',
  ],
  'option.resolver': ({ where, text }) => [
    `${where}: ${text} is geen adres van een resolver`,
    'Schrijf IP, IP:POORT of [IPv6]:POORT, bijvoorbeeld 192.0.2.53 of [2001:db8::53]:5353.',
  ],
  'option.no-file': ({ where, text, name }) => [
    `${where}: ${text} noemt geen bestand`,
    `Schrijf ${name}=BESTAND, of alleen ${name} voor standaarduitvoer.`,
  ],
  'option.client-name': ({ where }) => [`${where}: een clientnaam heeft 1 tot 256 afdrukbare ASCII-tekens`],
  'option.empty': ({ where }) => [`${where}: een lege waarde`],
  'option.set-twice': ({ where, name }) => [
    `${where}: ${name} krijgt twee waarden`,
    'Geef elke sjabloonparameter één keer.',
  ],
  'option.exit-codes': () => [
    '--exit-codes nagios en --fail-on sluiten elkaar uit',
    'De afsluitcode van een plug-in onderscheidt zelf een waarschuwing van wat kritiek is. Laat --fail-on weg.',
  ],
  'option.no-format': ({ file, suffixes }) => [
    `--output: de naam ${file} zegt niets over de indeling`,
    `Geef --format NAAM, of een bestand waarvan de naam eindigt op ${either(suffixes)}.`,
  ],
  'option.two-formats': ({ name }) => [
    '--format: twee indelingen voor standaarduitvoer',
    `Stuur ze op één na naar een bestand, bijvoorbeeld --format ${name}=BESTAND.`,
  ],
  'option.same-file': ({ file }) => [`--format: twee indelingen voor het bestand ${file}`],
  'option.label': ({ where, text }) => [
    `${where}: ${text} heeft niet de vorm NAAM=WAARDE`,
    'Bijvoorbeeld: --label site=Berlin',
  ],
  'option.label-twice': ({ where, name }) => [`${where}: ${name} krijgt twee waarden`, 'Geef elk label één keer.'],
  'option.labels': ({ where, most }) => [
    `${where}: meer dan ${most} labels`,
    'Noem wat machines gemeen hebben, zoals een locatie.',
  ],
  'option.action': ({ command, actions }) => [
    `${command}: ${either(actions)} ontbreekt`,
    `wayclear ${command} --help zegt wat elk ervan doet.`,
  ],
};
