import type { Said } from '../said.ts';

/** Where a run on another machine was meant to be. */
export interface There {
  readonly host: string;
}

/** Of a run on another machine, in English. */
export const remote = {
  'remote.place': ({ where, text }: { where: string; text: string }): Said => [
    `${where}: "${text}" is not ssh://[user@]host[:port]`,
    'A password is never taken: ssh uses its keys, its agent or Kerberos. All else belongs into its own configuration.',
  ],
  'remote.program': ({ where, text }: { where: string; text: string }): Said => [
    `${where}: "${text}" is no path of letters, digits and / \\ : . _ ~ + -`,
    'Shells read other characters each in their own way. On Windows, dir /x shows the short name of a folder with spaces.',
  ],
  'remote.attended': (): Said => [
    '--attended needs --config - and --format ndjson, and nothing else',
    'It is for another wayclear: use --on there.',
  ],
  'remote.nowhere': (): Said => [
    '--remote-program names wayclear on another machine, and no --on says on which',
    'Add --on ssh://HOST, or leave --remote-program out.',
  ],
  'remote.send': (): Said => [
    '--on and --send exclude each other: a message is signed by the machine that measured',
    'Let wayclear send over there, by ssh and check --send, or keep the report of here by -o FILE.',
  ],
  'remote.no-ssh': (): Said => [
    '--on needs the program ssh, and there is none here',
    'Install OpenSSH’s client; it is part of Windows and of every Linux.',
  ],
  'remote.not-started': ({ host, why, line }: There & { why: string; line: string }): Said => [
    `the run on ${host} did not start: ${why}`,
    `Try it by hand: ${line}`,
  ],
  'remote.no-program': ({ host, program, why }: There & { program: string; why: string }): Said => [
    `the run on ${host} did not start: ${program} is not there, or is not wayclear (${why})`,
    'Put the same version of wayclear there and name its path by --remote-program.',
  ],
  'remote.version': ({
    host,
    there,
    schema,
    here,
  }: There & { there: string; schema: string | null; here: string }): Said => [
    schema === null
      ? `${host} has wayclear ${there}, here is ${here}`
      : `${host} has wayclear ${there} (report schema ${schema}), here is ${here} (report schema 1)`,
    'Put the same version on both machines.',
  ],
  'remote.refused': ({ host, why, hint }: There & { why: string; hint: string | null }): Said => [
    `on ${host}: ${why}`,
    hint,
  ],
  'remote.garbage': ({ host, text }: There & { text: string }): Said => [
    `what comes from ${host} is no record of wayclear: "${text}"`,
    'Nothing of it was taken. Is --remote-program wayclear itself?',
  ],
  'remote.too-much': ({ host }: There): Said => [
    `${host} sends more than any report holds`,
    'Nothing of it was taken. Is --remote-program wayclear itself?',
  ],
  'remote.late': ({ host }: There): Said => [
    `the run on ${host} did not end by its deadline`,
    'Nothing is judged. A longer --deadline gives it more time.',
  ],
  'remote.broken-off': ({ host, done, total, why }: There & { done: number; total: number; why: string }): Said => [
    `the run on ${host} broke off after ${done} of ${total} targets: ${why}`,
    'Nothing is judged: a verdict takes the whole run.',
  ],
  'remote.no-reason': (): Said => ['it said nothing'],
  'remote.status': ({ status }: { status: number }): Said => [`it ended with ${status} and said nothing`],
  'remote.killed': (): Said => ['ssh was ended'],
};
