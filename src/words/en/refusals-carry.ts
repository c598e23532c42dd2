import type { Said } from '../said.ts';

const shownBy = 'wayclear carry show FILE shows what is in it.';
const again = 'Carry it anew: wayclear carry prepare, connect, import.';

/** Of documents that are carried, in English. */
export const carry = {
  'carry.empty': (): Said => ['the document is empty', again],
  'carry.too-large': (): Said => ['the document is larger than any that wayclear writes', again],
  'carry.not-text': (): Said => ['the document is no UTF-8 text', again],
  'carry.too-many-lines': (): Said => ['the document has more lines than any that wayclear writes', again],
  'carry.long-line': ({ line }: { line: number }): Said => [
    `line ${line} is longer than any that wayclear writes`,
    again,
  ],
  'carry.not-json': ({ line }: { line: number }): Said => [`line ${line} is no JSON object`, shownBy],
  'carry.unsigned': (): Said => ['the document has no signature at its end: something of it is missing', again],
  'carry.changed': (): Said => ['the signature does not fit: the document was changed on the way', again],
  'carry.line': ({ line, place }: { line: number; place: string }): Said => [
    `line ${line} is not as this version writes it${place === '' ? '' : ` (at ${place})`}`,
    'Use the same version of wayclear on both machines.',
  ],
  'carry.no-request': (): Said => ['the document is no request of this version', shownBy],
  'carry.no-result': (): Said => ['the document is no result of this version', shownBy],
  'carry.no-such-request': ({ nonce }: { nonce: string }): Said => [
    `this machine wrote no request ${nonce}, or has forgotten it`,
    'Import on the machine, and as the account, that prepared the request.',
  ],
  'carry.other-request': (): Said => ['the result is of a request that is not the one that this machine wrote', again],
  'carry.untrusted': ({ fingerprint }: { fingerprint: string }): Said => [
    `the result is signed by ${fingerprint}, a key that nobody named here`,
    `Compare it with what carry connect told; if it is the same: --trust ${fingerprint}`,
  ],
  'carry.future': ({ at, now }: { at: string; now: string }): Said => [
    `the result is from the future: ${at}, and here it is ${now}`,
    'Set the clocks of both machines, and measure again.',
  ],
  'carry.before-request': ({ at, asked }: { at: string; asked: string }): Said => [
    `the result (${at}) is older than its request (${asked})`,
    'Set the clocks of both machines, and measure again.',
  ],
  'carry.too-old': ({ at, days }: { at: string; days: number }): Said => [
    `the result is of ${at}, more than ${days} days ago`,
    'Measure again, or allow more by --max-age DAYS.',
  ],
  'carry.imported-before': ({ at }: { at: string }): Said => [`the result was imported before, at ${at}`, again],
  'carry.unreadable': ({ command, file, why }: { command: string; file: string; why: string }): Said => [
    `${command}: can't read ${file} (${why})`,
    'Give the path of a file that is there; a relative one counts from the working directory.',
  ],
  'carry.unwritable': ({ folder, why }: { folder: string; why: string }): Said => [
    `can't write what came along to ${folder} (${why})`,
    'Name a folder that this account may write to by --extract.',
  ],
  'carry.fetched': ({ source }: { source: string }): Said => [
    `--catalog ${source} has to be fetched, and carry prepare sends no packet`,
    'Give it to carry connect, or save the list to a file and give its path.',
  ],
  'carry.out': ({ command }: { command: string }): Said => [
    `${command}: --out FILE is missing`,
    'Name the file that is to be carried.',
  ],
  'carry.same-file': ({ file }: { file: string }): Said => [
    `carry connect: --out names the request itself, ${file}`,
    'Give the result a name of its own.',
  ],
  'carry.fingerprint': ({ where, text }: { where: string; text: string }): Said => [
    `${where}: ${text} is no fingerprint`,
    'It has 16 hexadecimal digits, as carry key and carry connect show them.',
  ],
};
