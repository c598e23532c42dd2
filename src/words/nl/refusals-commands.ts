import type { RefusalWordsOf } from '../refusals.ts';
import { all, either, meant } from './phrases.ts';

/** Of commands, their words and their options, in Dutch. */
export const commands: RefusalWordsOf<'command'> = {
  'command.hint': () => ['wayclear --help vertelt meer.'],
  'command.no-value': ({ name }) => [`--${name} heeft een waarde nodig`, 'wayclear --help noemt de opties.'],
  'command.parser': ({ text }) => [text, 'wayclear --help noemt de opties.'],
  'command.topic': ({ word, near, topics, example }) => [
    `help: geen onderwerp heet ${word}${meant(near)}`,
    `Onderwerpen zijn ${either(topics)}; elke opdracht heeft een eigen hulptekst: wayclear help ${example}.`,
  ],
  'command.surplus': ({ command, word, usage }) => [
    `${command}: ${word} hoort hier niet`,
    `Gebruik: wayclear ${usage} [options]`,
  ],
  'command.twice': ({ name }) => [
    `--${name} staat er twee keer, met twee waarden`,
    'Er past er één: laat de andere weg.',
  ],
  'command.missing': ({ command, word, usage }) => [
    `${command}: ${word} ontbreekt`,
    `Gebruik: wayclear ${usage} [options]`,
  ],
  'command.switch': ({ name }) => [`--${name} heeft geen waarde`, `Schrijf alleen --${name}.`],
  'command.unknown-option': ({ shown, near, command }) => [
    `onbekende optie ${shown}${meant(near)}`,
    `wayclear ${command} --help noemt de opties.`,
  ],
  'command.misplaced': ({ name, command, owners }) => [
    `--${name} is geen optie van ${command}`,
    `Ze hoort bij ${all(owners)}.`,
  ],
  'command.unknown': ({ word, command }) => [
    `onbekende opdracht of functie ${word}; bedoelde u wayclear ${command}?`,
    'wayclear --help noemt de opdrachten, wayclear list de functies.',
  ],
  'command.from-alone': () => [
    '--from gaat niet samen met een andere keuze van eindpunten',
    'Het rapport zegt wat mislukte; laat de rest weg.',
  ],
  'command.pac-proxy': () => [
    '--format pac heeft de proxy nodig waar al het andere heen gaat',
    'Noem hem, bijvoorbeeld --proxy http://proxy.example.com:8080',
  ],
  'command.explain': ({ text, near }) => [
    `explain: onbekende oorzaak ${text}${meant(near)}`,
    'wayclear explain toont ze allemaal; een statuscode, een bericht-id, een functie of een host van de catalogus mag ook.',
  ],
  'command.list': ({ word, near }) => [`onbekende functie ${word}${meant(near)}`, 'wayclear list toont ze allemaal.'],
  'command.offline-catalog': ({ source }) => [
    `--catalog ${source} moet worden opgehaald, en --offline verstuurt geen pakket`,
    'Sla de lijst op in een bestand en geef het pad ervan.',
  ],
  'command.one-report': ({ format }) => [
    `diagnose: ${format} is een indeling voor één rapport, niet voor meerdere`,
    'Voor meerdere rapporten: --format table of --format json.',
  ],
};
