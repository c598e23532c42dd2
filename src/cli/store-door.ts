/** The way from the command line to the store, which is loaded here and nowhere else. */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { makeOwnFolder } from '../close-to-others.ts';
import type { Report } from '../model/report.ts';
import type { StoreFacts } from '../report/doctor-judgement.ts';
import { withoutUrlAccounts } from '../secrets/url-accounts.ts';
import { stateFolder } from '../state-folder.ts';
import type { Look, Store } from '../store/store.ts';
import { type Refusal, UsageError } from '../usage-error.ts';
import type { RefusalArgs, RefusalCode, RefusalWords } from '../words/refusals.ts';
import type { Io } from './io.ts';
import { quoted } from './values.ts';

const defaultName = 'wayclear.db';
/** Of runs that do not say which machine measured. */
const anonymous = 'anonymous';

/** What a store says of its trouble is the person's to mend; everything else stays what it is. */
export function asMistake(error: unknown): unknown {
  // By its name: the store is bundled apart, with a class of its own.
  if (!(error instanceof Error) || error.name !== 'StoreTrouble') return error;
  const { code, args } = error as Error & { readonly code: RefusalCode; readonly args: object };
  return new UsageError(code, ...([args] as unknown as RefusalArgs<RefusalCode>));
}

/** What went wrong, in the words of a language where it is the person's to mend; else in its own. */
export function troubleTold(error: Error, refusals: RefusalWords): string {
  const mistake = asMistake(error);
  return mistake instanceof UsageError ? mistake.tell(refusals).message : error.message;
}

/** What was named, else the one of this account. */
export function storeAddress(io: Io, named: string | null): string {
  if (named !== null) return named;
  const folder = stateFolder(io);
  if (folder === null) throw new UsageError('state.nowhere');
  return join(folder, defaultName);
}

/** The file that a store is named by; null for one on a server, and where none is named. */
export async function storeFile(named: string | null): Promise<string | null> {
  const { isPostgres } = await import('../store/open.js');
  return named === null || isPostgres(named) ? null : named;
}

/** Where what is recorded lies, and what opens it. Nothing is opened, and no packet leaves. */
export async function storeFacts(io: Io, named: string | null): Promise<StoreFacts> {
  const folder = stateFolder(io);
  const address = named ?? (folder === null ? null : join(folder, defaultName));
  const { isPostgres, sqliteHere } = await import('../store/open.js');
  const isServer = address !== null && isPostgres(address);
  return {
    place: address === null ? null : isServer ? withoutUrlAccounts(address) : resolve(io.cwd, address),
    there: isServer || address === null ? null : existsSync(resolve(io.cwd, address)),
    ...(isServer ? {} : { sqlite: await sqliteHere() }),
  };
}

/** Of a store that the gate of an offline machine kept from: what helps there is another store, not a check that is carried. */
function offlineStore(error: unknown, address: string): unknown {
  if (!(error instanceof UsageError) || error.refusal.code !== 'mode.sealed') return error;
  const { where } = error.refusal.args as { readonly where: string | Refusal };
  return new UsageError('mode.store', { where, place: withoutUrlAccounts(address) });
}

/** On Windows the folder of the account is closed to others before anything is in it; what stands in the way, opening tells. */
async function ownFolder(io: Io, address: string): Promise<void> {
  const folder = dirname(resolve(io.cwd, address));
  if (io.platform !== 'win32' || folder !== stateFolder(io)) return;
  await makeOwnFolder(folder, io).catch((error: unknown) => {
    if (error instanceof UsageError) throw error;
  });
}

/** Opens it; `write: false` for who only reads. */
export async function openStoreFor(io: Io, named: string | null, write: boolean): Promise<Store> {
  const { openStore } = await import('../store/open.js');
  const address = storeAddress(io, named);
  if (write) await ownFolder(io, address);
  try {
    return await openStore(address, { write });
  } catch (error) {
    throw offlineStore(error, address);
  }
}

/** Works on a store, and lets go of it whatever happens. */
export async function withStore<T>(
  io: Io,
  named: string | null,
  write: boolean,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStoreFor(io, named, write);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** What the store calls the machine of a report. */
export const machineName = ({ machine }: Pick<Report, 'machine'>): string => machine?.name ?? anonymous;

/** What the store calls this machine. */
export const ownName = (isAnonymous: boolean): string => (isAnonymous ? anonymous : hostname());

/** The machine that is meant: the one that was named, this one, or the only one. `how`: one would be named by that. */
export async function machineOf(store: Store, named: string | null, how = '--machine'): Promise<string> {
  const all = await store.machines();
  const wanted = named ?? hostname();
  const found = all.find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  const [only] = all;
  if (only === undefined) throw new UsageError('watch.no-look', { place: store.place, text: wanted });
  if (named === null && all.length === 1) return only;
  if (named === null) throw new UsageError('watch.machine', { place: store.place, machines: all, how });
  throw new UsageError('watch.no-machine', { place: store.place, text: quoted(named), machines: all });
}

/** The report of the last look at a time, or of the newest one. */
export async function recordedReport(store: Store, machine: string, at: number | null): Promise<Report> {
  const look: Look | null = await store.lookAt(machine, at ?? undefined);
  const text = at === null ? machine : `${machine}@${new Date(at).toISOString()}`;
  if (look === null) throw new UsageError('watch.no-look', { place: store.place, text });
  const report = await store.reportOf(look);
  if (report === null) throw new UsageError('watch.no-report', { place: store.place, text });
  return report;
}
