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
  'option.range': ({ where, text, most }: Given & { most: string }): Said => [
    `${where}: ${text} is out of range`,
    `It may be 1ms to ${most}.`,
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
  'option.hint': (): Said => ['wayclear --help tells more.'],
};
