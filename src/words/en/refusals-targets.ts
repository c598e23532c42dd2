import type { Said } from '../said.ts';
import { meant } from './phrases.ts';

export interface Word {
  readonly word: string;
}

const unknownHint = '`wayclear list` shows the features. A host without a dot needs a port: proxy01:443.';

/** Of addresses that somebody typed or listed, in English. */
export const targets = {
  'target.no-address': ({ word, address }: Word & { address: string | null }): Said => [
    `${word} is no URL and no host`,
    address === null ? 'Write https://host/path, host or host:port.' : `Write ${address}`,
  ],
  'target.feature': ({ word, near }: Word & { near: string | null }): Said => [
    `unknown feature ${word}${meant(near)}`,
    unknownHint,
  ],
  'target.scheme': ({ word }: Word): Said => [
    `${word}: expected https://, http:// or tcp://`,
    'host:port without a scheme will do too.',
  ],
  'target.credentials': ({ word }: Word): Said => [
    `${word}: a user name or password has no place in an address`,
    'Give the address alone; nothing is sent with it.',
  ],
  'target.host': ({ word }: Word): Said => [
    `${word}: expected a host name or an IP address`,
    'An IPv6 address with a port needs brackets: [2001:db8::1]:443.',
  ],
  'target.port': ({ word }: Word): Said => [
    `${word}: expected a port number from 1 to 65535`,
    'Write host:port, tcp://host:port or https://host:port/path.',
  ],
  'target.path': ({ word }: Word): Said => [`${word}: a tcp:// address has no path`, 'Write tcp://host:port.'],
  'target.length': ({ word }: Word): Said => [`${word}: an address has 2048 characters at most`, 'Shorten it.'],
  'target.pattern': ({ word }: Word): Said => [
    `${word}: expected a wildcard as documents write it`,
    'For example *.manage.example.com or *.example.com:8443.',
  ],
  'target.network': ({ word }: Word): Said => [
    `${word}: expected a network as an address and a length`,
    'For example 10.0.0.0/8 or 2001:db8::/32.',
  ],
  'target.is-feature': ({ word }: Word): Said => [
    `${word} is a feature`,
    'Features are named on the command line, not in this file.',
  ],
  'target.no-host': ({ word }: Word): Said => [`${word} is no URL and no host with a dot or a port`, unknownHint],
  'target.numbered': ({ line, problem }: { line: number; problem: string }): Said => [`line ${line}: ${problem}`],
  'target.line': ({ line }: { line: string }): Said => [`--targets: ${line}`],
  'target.lines': ({ count, lines, more }: { count: number; lines: readonly string[]; more: number }): Said => [
    `--targets: ${count} lines name no target: ${lines.join('; ')}${more === 0 ? '' : `; and ${more} more`}`,
    'A line holds a URL, a host with or without a port, a wildcard or a network; # starts a comment.',
  ],
};
