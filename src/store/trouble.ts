import { entryOf } from '../entry.ts';
import { store as sentences } from '../words/en/refusals-store.ts';

export type TroubleCode = keyof typeof sentences;
type Args = Readonly<Record<string, string | number>>;

/**
 * Why a store can't be used: a code and arguments, of which each language makes one line. Whoever opened the store tells the
 * person; it is never a finding about the network.
 */
export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble';
  readonly code: TroubleCode;
  readonly args: Args;

  constructor(code: TroubleCode, args: Args, cause?: unknown) {
    super((sentences[code] as (args: Args) => readonly [string, ...unknown[]])(args)[0], { cause });
    this.code = code;
    this.args = args;
  }
}

/** Primary result codes of SQLite, as its documentation numbers them. */
const sqliteSays: Readonly<Record<number, TroubleCode>> = {
  3: 'store.denied',
  5: 'store.locked',
  6: 'store.locked',
  8: 'store.read-only',
  10: 'store.disk',
  11: 'store.damaged',
  13: 'store.full',
  14: 'store.cannot-open',
  26: 'store.no-database',
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

/** SQLSTATE of PostgreSQL, what the system says of a connection, and of a folder. */
const others: Readonly<Record<string, TroubleCode>> = {
  ECONNREFUSED: 'store.no-server',
  ENOTFOUND: 'store.no-name',
  EAI_AGAIN: 'store.no-name',
  ETIMEDOUT: 'store.no-answer',
  ECONNRESET: 'store.no-answer',
  ECONNABORTED: 'store.no-answer',
  EPIPE: 'store.no-answer',
  EHOSTUNREACH: 'store.no-answer',
  ENETUNREACH: 'store.no-answer',
  EACCES: 'store.denied',
  EPERM: 'store.denied',
  EROFS: 'store.read-only',
  ENOSPC: 'store.full',
  ENOENT: 'store.cannot-open',
  ENOTDIR: 'store.cannot-open',
  '28P01': 'store.password',
  '28000': 'store.password',
  '3D000': 'store.missing-database',
  '40001': 'store.busy',
  '40P01': 'store.busy',
  '42501': 'store.denied',
  '25006': 'store.read-only',
  '53100': 'store.full',
  '55P03': 'store.locked',
};

/** What PostgreSQL says of itself, by class of SQLSTATE: connection, resources, operator, system. */
const classes: Readonly<Record<string, TroubleCode>> = {
  '08': 'store.no-answer',
  '53': 'store.busy',
  '57': 'store.busy',
  '58': 'store.disk',
};

const memberOf = (error: object, name: string): unknown => (error as Readonly<Record<string, unknown>>)[name];

function primaryCode(error: Error): number {
  const code = memberOf(error, 'errcode');
  if (typeof code === 'number') return code & 0xff;
  return sqliteMessages.find(([message]) => error.message.includes(message))?.[1] ?? 0;
}

function codeOf(error: Error): TroubleCode | undefined {
  const code = memberOf(error, 'code');
  if (code === 'ERR_SQLITE_ERROR') return sqliteSays[primaryCode(error)];
  if (typeof code === 'string')
    return entryOf(others, code) ?? (code.length === 5 ? entryOf(classes, code.slice(0, 2)) : undefined);
  // What pg throws of a connection that is gone has no code.
  return /timeout|terminated|Connection ended|not queryable/i.test(error.message) ? 'store.no-answer' : undefined;
}

/** What a driver threw, as a StoreTrouble where it is no fault of the program; everything else stays what it is. */
export function storeTrouble(error: unknown, place: string): unknown {
  // By its name: what is bundled apart has a class of its own.
  if (!(error instanceof Error) || error.name === 'StoreTrouble') return error;
  const code = codeOf(error);
  return code === undefined ? error : new StoreTrouble(code, { place }, error);
}
