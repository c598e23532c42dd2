import type { Said } from '../said.ts';

export interface Place {
  readonly place: string;
}

/** Of a store that can't be used, in English. */
export const store = {
  'store.no-driver': (): Said => [
    'a store needs SQLite, which this runtime does not have',
    'Use Node.js 22.13 or newer, the executable, or add the package: npm install @photostructure/sqlite@1.2.1',
  ],
  'store.scheme': ({ where, scheme }: { where: string; scheme: string }): Said => [
    `${where}: no store is kept at ${scheme}://`,
    'Name a file, which SQLite keeps, or postgres://USER@HOST/DATABASE.',
  ],
  'store.none-yet': ({ place }: Place): Said => [
    `store ${place}: there is none yet`,
    'wayclear watch makes it, and so does wayclear check --store.',
  ],
  'store.other-program': ({ place }: Place): Said => [
    `store ${place}: it is the work of another program`,
    'Name another store.',
  ],
  'store.newer': ({ place, theirs, ours }: Place & { theirs: number; ours: number }): Said => [
    `store ${place}: a newer wayclear wrote it (version ${theirs} of the store, this program knows ${ours})`,
    'Use that version, or name another store.',
  ],
  'store.older': ({ place }: Place): Said => [
    `store ${place}: an older wayclear wrote it`,
    'wayclear watch --once brings it up to date.',
  ],
  'store.denied': ({ place }: Place): Said => [
    `store ${place}: this account may not use it`,
    'Give the account of the watch the right to write there.',
  ],
  'store.locked': ({ place }: Place): Said => [
    `store ${place}: another program keeps it locked`,
    'Wait until the other program is done, or end it.',
  ],
  'store.read-only': ({ place }: Place): Said => [
    `store ${place}: it is read-only`,
    'Give the account of the watch the right to write there, or name another store.',
  ],
  'store.disk': ({ place }: Place): Said => [
    `store ${place}: the disk does not read or write`,
    'Look at the disk and its free space.',
  ],
  'store.damaged': ({ place }: Place): Said => [
    `store ${place}: it is damaged`,
    'Put a copy of it in its place, or move it away: a new one is made.',
  ],
  'store.full': ({ place }: Place): Said => [
    `store ${place}: the disk is full`,
    'Make room; nothing that was recorded is lost.',
  ],
  'store.cannot-open': ({ place }: Place): Said => [
    `store ${place}: it can not be opened`,
    'Its folder has to be there, and this account has to be allowed to write in it.',
  ],
  'store.no-database': ({ place }: Place): Said => [
    `store ${place}: it is no store: no database, or a damaged one`,
    'Name another file.',
  ],
  'store.no-server': ({ place }: Place): Said => [
    `store ${place}: nothing listens there`,
    'Is PostgreSQL running there, and is the port right?',
  ],
  'store.no-name': ({ place }: Place): Said => [
    `store ${place}: its name could not be looked up`,
    'Is the name of the server right?',
  ],
  'store.no-answer': ({ place }: Place): Said => [
    `store ${place}: it does not answer, or ended the connection`,
    'Look at the server and at the network on the way to it.',
  ],
  'store.password': ({ place }: Place): Said => [
    `store ${place}: it refuses this account or its password`,
    'The password comes from the address, PGPASSWORD, or the file that PGPASSFILE names.',
  ],
  'store.missing-database': ({ place }: Place): Said => [
    `store ${place}: the server has no such database`,
    'Create it: createdb NAME',
  ],
  'store.busy': ({ place }: Place): Said => [
    `store ${place}: the server can not serve now`,
    'It starts, shuts down, has too many connections or takes too long; try again.',
  ],
};
