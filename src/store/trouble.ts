/** Why a store can't be used, in one line. Whoever opened it tells the person; it is never a finding about the network. */
export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble';
  /** What to do about it, one line; null if the message says it all. */
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.hint = hint;
  }
}

/** Primary result codes of SQLite, as its documentation numbers them. */
const sqliteSays: Readonly<Record<number, readonly [said: string, hint: string | null]>> = {
  3: ['this account may not use it', 'Give the account of the watch the right to write there.'],
  5: ['another program keeps it locked', 'Wait until the other program is done, or end it.'],
  6: ['another program keeps it locked', 'Wait until the other program is done, or end it.'],
  8: ['it is read-only', 'Give the account of the watch the right to write there, or name another file.'],
  10: ['the disk does not read or write', 'Look at the disk and its free space.'],
  11: ['it is damaged', 'Put a copy of it in its place, or move it away: a new one is made.'],
  13: ['the disk is full', 'Make room; nothing that was recorded is lost.'],
  14: ['it can not be opened', 'Its folder has to be there, and this account has to be allowed to write in it.'],
  26: ['it is no store: no database, or a damaged one', 'Name another file.'],
};

/** The messages of those codes, for a driver that passes on nothing else. */
const sqliteMessages: readonly (readonly [message: string, code: number])[] = [
  ['access permission denied', 3],
  ['database is locked', 5],
  ['database table is locked', 6],
  ['attempt to write a readonly database', 8],
  ['disk I/O error', 10],
  ['database disk image is malformed', 11],
  ['database or disk is full', 13],
  ['unable to open database file', 14],
  ['file is not a database', 26],
];

/** SQLSTATE of PostgreSQL, and what the system says of the connection. */
const postgresSays: Readonly<Record<string, readonly [said: string, hint: string | null]>> = {
  ECONNREFUSED: ['nothing listens there', 'Is PostgreSQL running there, and is the port right?'],
  ENOTFOUND: ['its name is not known', null],
  EAI_AGAIN: ['its name could not be looked up', null],
  ETIMEDOUT: ['it does not answer', null],
  ECONNRESET: ['it ended the connection', null],
  '28P01': [
    'it refuses the password',
    'The password comes from the address, PGPASSWORD or the file that PGPASSFILE names.',
  ],
  '28000': ['it refuses this account', null],
  '3D000': ['it has no such database', 'Create it: createdb NAME.'],
  '42501': ['this account may not do that', 'It needs the right to create in the database, once.'],
  '25006': ['it is read-only', 'Name the primary server, not a standby.'],
  '53100': ['its disk is full', 'Make room there; nothing that was recorded is lost.'],
  '53300': ['it has too many connections', null],
  '55P03': ['another program keeps it locked', null],
  '57014': ['it took too long', null],
  '57P01': ['it is shutting down', null],
  '57P03': ['it is starting up', null],
};

const memberOf = (error: object, name: string): unknown => (error as Readonly<Record<string, unknown>>)[name];

function primaryCode(error: Error): number {
  const code = memberOf(error, 'errcode');
  if (typeof code === 'number') return code & 0xff;
  return sqliteMessages.find(([message]) => error.message.includes(message))?.[1] ?? 0;
}

/** What a driver threw, as a StoreTrouble where it is no fault of the program; everything else stays what it is. */
export function storeTrouble(error: unknown, place: string): unknown {
  // By its name: what is bundled apart has a class of its own.
  if (!(error instanceof Error) || error.name === 'StoreTrouble') return error;
  const code = memberOf(error, 'code');
  const said =
    code === 'ERR_SQLITE_ERROR'
      ? sqliteSays[primaryCode(error)]
      : typeof code === 'string'
        ? postgresSays[code]
        : /timeout|terminated|Connection ended/i.test(error.message)
          ? (['it does not answer, or ended the connection', null] as const)
          : undefined;
  return said === undefined ? error : new StoreTrouble(`store ${place}: ${said[0]}`, said[1], error);
}
