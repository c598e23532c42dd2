import type { Said } from '../said.ts';
import type { Given } from './refusals-options.ts';

/** Of who sends and of who collects, in English. */
export const collect = {
  'send.place': ({ where, text }: Given): Said => [
    `${where}: ${text} is no place to send to`,
    'Write https://COLLECTOR, http://127.0.0.1:PORT, a folder, or "-" for standard output.',
  ],
  'send.output': (): Said => [
    '--send -: messages and the report would share standard output',
    'Write the report into a file, such as -o report.json, or send into a folder.',
  ],
  'send.token': ({ where }: { where: string }): Said => [
    `${where}: the file holds no token`,
    'wayclear collect token makes one; the file holds it and nothing else.',
  ],
  'collect.listen': ({ where, text }: Given): Said => [
    `${where}: ${text} is no address to listen on`,
    'Write HOST:PORT, [IPv6]:PORT, or :PORT for this machine alone.',
  ],
  'collect.no-listen': (): Said => ['collect: --listen is missing', 'For example: wayclear collect --listen :8443'],
  'collect.plain': ({ address }: { address: string }): Said => [
    `${address} is beyond this machine, and nothing encrypts what comes`,
    'Give --tls-cert and --tls-key, or --insecure-http where something in front of it speaks TLS.',
  ],
  'collect.tls-pair': (): Said => ['--tls-cert and --tls-key belong together', 'Give both, or neither.'],
  'collect.certificate-file': ({ file, why }: { file: string; why: string }): Said => [
    `${file} can not be read (${why})`,
  ],
  'collect.certificate': ({ file }: { file: string }): Said => [
    `${file}: certificate and key do not fit each other`,
    'Both are PEM; the first certificate of the file is that of the collector.',
  ],
  'collect.address': ({ address, why }: { address: string; why: string }): Said => [
    `nobody can listen on ${address} (${why})`,
    'Another program may have it: choose another port.',
  ],
  'collect.fingerprint': ({ text }: { text: string }): Said => [
    `${text} is no fingerprint`,
    'It has sixteen hexadecimal digits; wayclear collect machines lists them.',
  ],
  'collect.unknown': ({ fingerprint }: { fingerprint: string }): Said => [
    `no machine with the key ${fingerprint} has been here`,
    'wayclear collect machines lists those that have.',
  ],
  'collect.token-name': ({ text }: { text: string }): Said => [
    `${text} is no name of a token`,
    'It has twelve hexadecimal digits; wayclear collect tokens lists them.',
  ],
  'collect.token-unknown': ({ token }: { token: string }): Said => [
    `there is no token ${token}`,
    'wayclear collect tokens lists those that are kept.',
  ],
  'collect.token-used': ({ token, fingerprint }: { token: string; fingerprint: string }): Said => [
    `the token ${token} was used already, by ${fingerprint}`,
    `wayclear collect revoke ${fingerprint} shuts that machine out.`,
  ],
  'collect.alertmanager': ({ where }: { where: string }): Said => [
    `${where}: that is no address of an Alertmanager`,
    'Write https://HOST:9093 or https://USER@HOST:9093; its password is in the file of --alertmanager-password-file.',
  ],
  'collect.alertmanager-plain': ({ where, host }: { where: string; host: string }): Said => [
    `${where}: ${host} is beyond this machine, and nothing encrypts what it is told`,
    'Write https://, or add --insecure-http where nobody else can listen.',
  ],
  'collect.alertmanager-password': ({ variable }: { variable: string }): Said => [
    '--alertmanager: its URL names a user, and nothing gives the password',
    `Name a file with --alertmanager-password-file, or set ${variable}.`,
  ],
  'collect.read-tokens': (): Said => [
    '--read-token-file: the file holds no token',
    'One a line, of any text without spaces.',
  ],
};
