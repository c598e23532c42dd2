import type { Said } from '../said.ts';
import { either, meant } from './phrases.ts';

/** Of a value, and where it was given. */
export interface Given {
  readonly where: string;
  readonly text: string;
}

/** Of the command line and of values of options, in English. */
export const options = {
  'option.duration': ({ where, text, digits }: Given & { digits: string | null }): Said => [
    `${where}: ${text} is not a duration`,
    `Write a number and a unit: 500ms, 10s or 2m.${
      digits === null ? '' : ` ${digits}s means seconds, ${digits}ms milliseconds.`
    }`,
  ],
  'option.range': ({ where, text, least, most }: Given & { least: string; most: string }): Said => [
    `${where}: ${text} is out of range`,
    `It may be ${least} to ${most}.`,
  ],
  'option.count': ({ where, text, least, most }: Given & { least: number; most: number }): Said => [
    `${where}: ${text} is not a whole number from ${least} to ${most}`,
  ],
  'option.choice': ({
    where,
    text,
    near,
    choices,
  }: Given & { near: string | null; choices: readonly string[] }): Said => [
    `${where}: unknown value ${text}${meant(near)}`,
    `It may be ${either(choices)}.`,
  ],
  'option.assignment': ({ where, text }: Given): Said => [
    `${where}: ${text} is not NAME=VALUE`,
    'For example: --set tenantId=VALUE',
  ],
  'option.resolver': ({ where, text }: Given): Said => [
    `${where}: ${text} is not the address of a resolver`,
    'Write IP, IP:PORT or [IPv6]:PORT, for example 192.0.2.53 or [2001:db8::53]:5353.',
  ],
  'option.no-file': ({ where, text, name }: Given & { name: string }): Said => [
    `${where}: ${text} names no file`,
    `Write ${name}=FILE, or ${name} alone for standard output.`,
  ],
  'option.client-name': ({ where }: { where: string }): Said => [
    `${where}: a client name has 1 to 256 printable ASCII characters`,
  ],
  'option.empty': ({ where }: { where: string }): Said => [`${where}: an empty value`],
  'option.set-twice': ({ where, name }: { where: string; name: string }): Said => [
    `${where}: ${name} is set to two values`,
    'Give each template parameter once.',
  ],
  'option.exit-codes': (): Said => [
    '--exit-codes nagios and --fail-on exclude each other',
    "A plugin's exit code tells a warning from what is critical by itself. Leave --fail-on out.",
  ],
  'option.no-format': ({ file, suffixes }: { file: string; suffixes: readonly string[] }): Said => [
    `--output: the name ${file} says no format`,
    `Give --format NAME, or a file whose name ends in ${either(suffixes)}.`,
  ],
  'option.two-formats': ({ name }: { name: string }): Said => [
    '--format: two formats for standard output',
    `Send all but one to a file, for example --format ${name}=FILE.`,
  ],
  'option.same-file': ({ file }: { file: string }): Said => [`--format: two formats for the file ${file}`],
  'option.label': ({ where, text }: Given): Said => [
    `${where}: ${text} is not NAME=VALUE`,
    'For example: --label site=Berlin',
  ],
  'option.label-twice': ({ where, name }: { where: string; name: string }): Said => [
    `${where}: ${name} is set to two values`,
    'Give each label once.',
  ],
  'option.labels': ({ where, most }: { where: string; most: number }): Said => [
    `${where}: more than ${most} labels`,
    'Name what machines share, such as a site.',
  ],
  'option.action': ({ command, actions }: { command: string; actions: readonly string[] }): Said => [
    `${command}: ${either(actions)} is missing`,
    `wayclear ${command} --help tells what each does.`,
  ],
};
