import type { RefusalWordsOf } from '../refusals.ts';
import { meant } from './phrases.ts';

const unknownHint = '`wayclear list` toont de functies. Een host zonder punt heeft een poort nodig: proxy01:443.';

/** Of addresses that somebody typed or listed, in Dutch. */
export const targets: RefusalWordsOf<'target'> = {
  'target.no-address': ({ word, address }) => [
    `${word} is geen URL en geen host`,
    address === null ? 'Schrijf https://host/pad, host of host:poort.' : `Schrijf ${address}`,
  ],
  'target.feature': ({ word, near }) => [`onbekende functie ${word}${meant(near)}`, unknownHint],
  'target.scheme': ({ word }) => [`${word}: https://, http:// of tcp:// verwacht`, 'host:poort zonder schema mag ook.'],
  'target.credentials': ({ word }) => [
    `${word}: een gebruikersnaam of wachtwoord hoort niet in een adres`,
    'Geef alleen het adres; er wordt niets anders meegestuurd.',
  ],
  'target.host': ({ word }) => [
    `${word}: een hostnaam of IP-adres verwacht`,
    'Een IPv6-adres met een poort heeft haken nodig: [2001:db8::1]:443.',
  ],
  'target.port': ({ word }) => [
    `${word}: een poortnummer van 1 tot en met 65535 verwacht`,
    'Schrijf host:poort, tcp://host:poort of https://host:poort/pad.',
  ],
  'target.path': ({ word }) => [`${word}: een tcp://-adres heeft geen pad`, 'Schrijf tcp://host:poort.'],
  'target.length': ({ word }) => [`${word}: een adres heeft hoogstens 2048 tekens`, 'Maak het korter.'],
  'target.pattern': ({ word }) => [
    `${word}: een jokerteken verwacht zoals documenten het schrijven`,
    'Bijvoorbeeld *.manage.example.com of *.example.com:8443.',
  ],
  'target.network': ({ word }) => [
    `${word}: een netwerk verwacht als adres en lengte`,
    'Bijvoorbeeld 10.0.0.0/8 of 2001:db8::/32.',
  ],
  'target.is-feature': ({ word }) => [
    `${word} is een functie`,
    'Functies worden op de opdrachtregel genoemd, niet in dit bestand.',
  ],
  'target.no-host': ({ word }) => [`${word} is geen URL en geen host met een punt of een poort`, unknownHint],
  'target.numbered': ({ line, problem }) => [`regel ${line}: ${problem}`],
  'target.line': ({ line }) => [`--targets: ${line}`],
  'target.lines': ({ count, lines, more }) => [
    `--targets: ${count} regels noemen geen doel: ${lines.join('; ')}${more === 0 ? '' : `; en nog ${more}`}`,
    'Een regel bevat een URL, een host met of zonder poort, een jokerteken of een netwerk; # begint een opmerking.',
  ],
};
