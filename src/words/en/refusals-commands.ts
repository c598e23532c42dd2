import type { Said } from '../said.ts';
import { all, either, meant } from './phrases.ts';

/** Of commands, their words and their options, in English. */
export const commands = {
  'command.hint': (): Said => ['wayclear --help tells more.'],
  'command.no-value': ({ name }: { name: string }): Said => [
    `--${name} needs a value`,
    'wayclear --help lists the options.',
  ],
  'command.parser': ({ text }: { text: string }): Said => [text, 'wayclear --help lists the options.'],
  'command.topic': ({
    word,
    near,
    topics,
    example,
  }: {
    word: string;
    near: string | null;
    topics: readonly string[];
    example: string;
  }): Said => [
    `help: no topic is called ${word}${meant(near)}`,
    `Topics are ${either(topics)}; each command has its own: wayclear help ${example}.`,
  ],
  'command.surplus': ({ command, word, usage }: { command: string; word: string; usage: string }): Said => [
    `${command}: unexpected ${word}`,
    `Usage: wayclear ${usage} [options]`,
  ],
  'command.twice': ({ name }: { name: string }): Said => [
    `--${name} is given twice, and says two things`,
    'It takes one: leave the other out.',
  ],
  'command.missing': ({ command, word, usage }: { command: string; word: string; usage: string }): Said => [
    `${command}: ${word} is missing`,
    `Usage: wayclear ${usage} [options]`,
  ],
  'command.switch': ({ name }: { name: string }): Said => [`--${name} takes no value`, `Write --${name} alone.`],
  'command.unknown-option': ({
    shown,
    near,
    command,
  }: {
    shown: string;
    near: string | null;
    command: string;
  }): Said => [`unknown option ${shown}${meant(near)}`, `wayclear ${command} --help lists the options.`],
  'command.misplaced': ({
    name,
    command,
    owners,
  }: {
    name: string;
    command: string;
    owners: readonly string[];
  }): Said => [`--${name} is no option of ${command}`, `It belongs to ${all(owners)}.`],
  'command.unknown': ({ word, command }: { word: string; command: string }): Said => [
    `unknown command or feature ${word}; did you mean wayclear ${command}?`,
    'wayclear --help lists the commands, wayclear list the features.',
  ],
  'command.from-alone': (): Said => [
    '--from takes no other choice of endpoints',
    'The report says what failed; leave the rest out.',
  ],
  'command.pac-proxy': (): Said => [
    '--format pac needs the proxy that everything else goes to',
    'Name it, for example --proxy http://proxy.example.com:8080',
  ],
  'command.explain': ({ text, near }: { text: string; near: string | null }): Said => [
    `explain: unknown cause ${text}${meant(near)}`,
    'wayclear explain shows all of them; a status code, a message id, a feature or a host of the catalog will do too.',
  ],
  'command.list': ({ word, near }: { word: string; near: string | null }): Said => [
    `unknown feature ${word}${meant(near)}`,
    'wayclear list shows all of them.',
  ],
  'command.offline-catalog': ({ source }: { source: string }): Said => [
    `--catalog ${source} has to be fetched, and --offline sends no packet`,
    'Save the list to a file and give its path.',
  ],
  'command.one-report': ({ format }: { format: string }): Said => [
    `diagnose: ${format} is a format of one report, not of several`,
    'Of several reports: --format table or --format json.',
  ],
};
