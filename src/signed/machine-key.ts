/** The key of this machine and account, in a file that nobody else can read. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  type Stats,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { closeToOthers, makeOwnFolder, type OwnSystem } from '../close-to-others.ts';
import { codeOf } from '../error-code.ts';
import { UsageError } from '../usage-error.ts';
import { createKey, readKey, type SigningKey } from './keys.ts';

export interface MachineKey {
  readonly key: SigningKey;
  readonly file: string;
  /** It was made just now. */
  readonly isNew: boolean;
}

const fileIn = (folder: string): string => join(folder, 'machine-key.pem');

const longest = 4096;

/** Null where there is no such file, or no folder that it could be in. */
function factsOf(file: string): Stats | null {
  try {
    return lstatSync(file, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

/** The key in the state folder; null where there is none yet. @throws UsageError for a file that is no key, or not kept secret */
export function readMachineKey(folder: string, { platform }: Pick<OwnSystem, 'platform'>): MachineKey | null {
  const file = fileIn(folder);
  const facts = factsOf(file);
  if (facts === null) return null;
  if (!facts.isFile() || facts.size > longest) throw new UsageError('state.key-broken', { file });
  if (platform !== 'win32' && (facts.mode & 0o077) !== 0) throw new UsageError('state.key-open', { file });
  const key = readKey(textOf(file));
  if (key === null) throw new UsageError('state.key-broken', { file });
  return { key, file, isNew: false };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError('state.unreadable', { file, why: codeOf(error, 'unknown') });
  }
}

/**
 * The key in the state folder, made where there is none. Of several that make one at once, one makes it and all have it: the
 * file is put in place whole, or not at all.
 */
export async function machineKey(folder: string, system: OwnSystem): Promise<MachineKey> {
  const there = readMachineKey(folder, system);
  if (there !== null) return there;
  const key = createKey();
  const file = fileIn(folder);
  const beside = join(folder, `.machine-key-${randomBytes(6).toString('hex')}.part`);
  try {
    await makeOwnFolder(folder, system);
    const handle = openSync(beside, 'wx', 0o600);
    try {
      try {
        chmodSync(beside, 0o600);
        if (!(await closeToOthers(beside, 'file', system))) throw new UsageError('state.key-rights', { file: beside });
        writeSync(handle, key.pem);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      linkSync(beside, file);
    } finally {
      unlinkSync(beside);
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const made = codeOf(error) === 'EEXIST' ? readMachineKey(folder, system) : null;
    if (made !== null) return made;
    throw new UsageError('state.unwritable', { folder, why: codeOf(error, 'unknown') });
  }
  return { key, file, isNew: true };
}
