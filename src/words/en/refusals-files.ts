import { entryOf } from '../../entry.ts';
import type { Fault } from '../../model/faults.ts';
import type { Said } from '../said.ts';
import { faultsTold, type ReadFile } from '../shape-words.ts';
import { reasons, unknownReason } from './reasons.ts';
import { shapes } from './shapes.ts';

/** A file, and the option that names it. */
export interface Named {
  readonly where: string;
  readonly file: string;
}

const example = 'For example { "timeout": "5s", "cloud": "usgov" }.';
const passwordHint = 'Give a file that holds the password and nothing else.';

/** Of files that are read and written, and why the system refuses one, in English. */
export const files = {
  'reason.system': ({ code }: { code: string }): Said => [
    code === '' ? unknownReason : (entryOf(reasons, code) ?? code),
  ],
  /** In the runtime's words, which are English. */
  'reason.runtime': ({ text }: { code: string; text: string }): Said => [text],
  'file.faults': (args: { read: ReadFile; faults: readonly Fault[] }): Said => faultsTold(shapes, args),
  'file.stdin': (): Said => ['standard input'],
  'file.key': ({ file, key }: { file: string; key: string }): Said => [`${file}: "${key}"`],
  'file.of': ({ where, file }: Named): Said => [`${where}: ${file}`],
  'file.folder': ({ where, file }: Named): Said => [`${where}: ${file} is a folder`],
  'file.large': ({ where, file, kib }: Named & { kib: number }): Said => [
    `${where}: ${file} is larger than ${kib} KiB`,
  ],
  'file.unreadable': ({ where, file, why }: Named & { why: string }): Said => [`${where}: can't read ${file} (${why})`],
  'file.missing': ({ where, file, why }: Named & { why: string }): Said => [
    `${where}: can't read ${file} (${why})`,
    'Give the path of a file that is there; a relative one counts from the working directory.',
  ],
  'file.stdin-twice': (): Said => ['standard input is named twice', 'It can be read for one thing only.'],
  'file.stdin-large': ({ kib }: { kib: number }): Said => [
    `standard input is larger than ${kib} KiB`,
    'Give less of it.',
  ],
  'file.stdin-late': (): Said => ['standard input did not end before the deadline', 'Give a file in its place.'],
  'file.config-json': ({ file }: { file: string }): Said => [`${file}: not JSON`, `It holds one object. ${example}`],
  'file.config-object': ({ file }: { file: string }): Said => [`${file}: not a JSON object`, example],
  'file.report-json': ({ file }: { file: string }): Said => [
    `${file} is not JSON`,
    'Give a file that --format json=FILE wrote.',
  ],
  'file.stranger': ({ file, what }: { file: string; what: string }): Said => [
    `${file}: ${what} is not taken from a file that merely lies in this folder`,
    `If the file is yours, name it by --config ${file}, or put this into your own file (see wayclear --help).`,
  ],
  'file.stranger-format': ({ file }: { file: string }): Said => [`the file of "format": ${file}`],
  'file.stranger-address': ({ address }: { address: string }): Said => [`the address ${address} of "what"`],
  'file.stranger-parameter': ({ parameter }: { parameter: string }): Said => [
    `the parameter ${parameter} of "set", which may be an address`,
  ],
  'file.no-root': ({ where }: { where: string }): Said => [
    `${where}: no certificate in the file`,
    'Give a PEM file with the roots of the proxy.',
  ],
  'file.ca-unreadable': ({ file, code }: { file: string; code: string }): Said => [
    `can't read the CA file ${file} (${code})`,
    'Give --ca-file a readable PEM or DER file.',
  ],
  'file.ca-empty': ({ file }: { file: string }): Said => [
    `no certificate in the CA file ${file}`,
    'Export the root certificate as PEM (Base64) or DER.',
  ],
  'file.ca-broken': ({ file }: { file: string }): Said => [
    `the CA file ${file} holds something that is no certificate`,
    'Export it again as PEM (Base64) or DER.',
  ],
  'file.password-large': (): Said => ['The proxy password file is longer than 64 KiB', passwordHint],
  'file.password-unreadable': ({ why }: { why: string }): Said => [
    `Cannot read the proxy password file (${why})`,
    passwordHint,
  ],
  'file.password-empty': (): Said => ['The proxy password file is empty', passwordHint],
  'file.password-text': (): Said => ['The proxy password file is not UTF-8 text', 'Save it as UTF-8.'],
  'file.output-folder': ({ file }: { file: string }): Said => [
    `can't write ${file}: it is a folder`,
    'Name a file in it.',
  ],
  'file.output': ({ file, why }: { file: string; why: string }): Said => [
    `can't write ${file}: ${why}`,
    'Nothing was sent. Name a file in a folder that exists and is writable.',
  ],
  'file.output-link': ({ file }: { file: string }): Said => [
    `can't write ${file}: it is a link to a file that is not there`,
    'Nothing was sent. Name the file itself.',
  ],
  'file.output-pipe': ({ file }: { file: string }): Said => [
    `can't write ${file}: nobody reads this pipe`,
    'Nothing was sent.',
  ],
  'file.one-line': ({ where }: { where: string }): Said => [
    `${where}: expected one line`,
    'Give a file that holds the secret and nothing else.',
  ],
};
