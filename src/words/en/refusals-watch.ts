import type { Said } from '../said.ts';

/** Of watches and of what a store holds, in English. */
export const watching = {
  'watch.every': ({ where, text }: { where: string; text: string }): Said => [
    `${where}: ${text} is too short`,
    'A look takes a while, and the services are not ours: 1m at least.',
  ],
  'watch.window': ({ where, text }: { where: string; text: string }): Said => [
    `${where}: ${text} is no window of time`,
    'Write 22:00/8h, sat,sun 06:00/4h Europe/Berlin or 2026-12-24T18:00/3d: when it begins, how long it lasts, and the zone.',
  ],
  'watch.size': ({ where, text }: { where: string; text: string }): Said => [
    `${where}: ${text} is not a size`,
    'Write a number and a unit: 500M or 2G.',
  ],
  'watch.time': ({ where, text }: { where: string; text: string }): Said => [
    `${where}: ${text} is not a time`,
    'Write it as 2026-11-01, 2026-11-01T08:00 or 2026-11-01T08:00:00Z.',
  ],
  'watch.url': ({ where, text }: { where: string; text: string }): Said => [
    `${where}: ${text} is no https address`,
    'What a catalog says is taken from where nobody can change it on the way.',
  ],
  'watch.stdout': ({ name }: { name: string }): Said => [
    `watch writes each report to a file: ${name} needs one`,
    `Write --format ${name}=FILE.`,
  ],
  'watch.interval': ({ every }: { every: string }): Said => [
    `cron has no line for every ${every}`,
    'Take minutes that divide an hour, hours that divide a day, or 24h; or a timer of systemd.',
  ],
  'watch.interval-long': ({ every }: { every: string }): Said => [
    `the Task Scheduler repeats nothing every ${every}`,
    'It takes 31d at most.',
  ],
  'watch.nobody-reads': ({ option }: { option: string }): Said => [
    `${option} lets people read a page, and there is none`,
    'Add --listen, which serves it.',
  ],
  'watch.machine': ({ place, machines, how }: { place: string; machines: readonly string[]; how: string }): Said => [
    `store ${place}: which machine is meant? It knows ${machines.join(', ')}`,
    `Name one by ${how}.`,
  ],
  'watch.no-machine': ({
    place,
    text,
    machines,
  }: {
    place: string;
    text: string;
    machines: readonly string[];
  }): Said => [`store ${place}: it does not know the machine ${text}`, `It knows ${machines.join(', ')}.`],
  'watch.no-look': ({ place, text }: { place: string; text: string }): Said => [
    `store ${place}: no look was recorded for ${text}`,
    'wayclear history shows those that were.',
  ],
  'watch.no-report': ({ place, text }: { place: string; text: string }): Said => [
    `store ${place}: the report of ${text} is not kept any more`,
    'Keep more by --keep and --keep-size.',
  ],
  'watch.action': ({ word }: { word: string }): Said => [`store: unknown action ${word}`, 'It may be check or copy.'],
  'watch.not-empty': ({ place }: { place: string }): Said => [
    `store ${place}: it holds something already`,
    'Copy into a store that is not there yet.',
  ],
  'watch.unsound': ({ place, faults }: { place: string; faults: readonly string[] }): Said => [
    `store ${place}: it is not sound`,
    'Copy what can be read: wayclear store copy FROM TO',
    faults,
  ],
  'watch.catalog': ({ url, why }: { url: string; why: string }): Said => [
    `the catalog at ${url} can't be had (${why})`,
    'Is the address right, and may this machine reach it?',
  ],
  'watch.listen': ({ address, why }: { address: string; why: string }): Said => [
    `--listen: ${address} cannot be had: ${why}`,
    'Name another port, or end what listens there.',
  ],
  'watch.listen-open': ({ address }: { address: string }): Said => [
    `--listen: ${address} can be read from elsewhere`,
    'Name a --password-file, or a --trusted-header of a proxy on this machine; or listen on 127.0.0.1.',
  ],
  'watch.header': ({ where, text }: { where: string; text: string }): Said => [
    `${where}: ${text} is no header name`,
    'Write it as X-Remote-User.',
  ],
  'watch.once-listen': (): Said => [
    '--listen needs a watch that stays',
    'Leave --once and --print out: a scheduler starts one that ends after its look.',
  ],
  'watch.printed-secret': (): Said => [
    'a password in an address does not go into the file of a scheduler',
    'Use PGPASSWORD, WAYCLEAR_PROXY_PASSWORD or --proxy-password-file.',
  ],
  'watch.log': ({ file, why }: { file: string; why: string }): Said => [
    `--cmtrace-log: ${file} can not be written: ${why}`,
    'Name a file that this account may write.',
  ],
};
