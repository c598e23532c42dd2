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
  'option.range': ({ where, text, most }) => [
    `${where}: ${text} valt buiten het bereik`,
    `De waarde mag van 1ms tot en met ${most} zijn.`,
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
  'option.hint': () => ['wayclear --help vertelt meer.'],
};
