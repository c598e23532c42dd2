/** What of carried checks a machine keeps in its state folder: its requests, what came back, whose signature it trusts. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../error-code.ts';
import { makeFolder } from '../make-folder.ts';
import { insideNames, type TrustedKey, trustedKey } from '../model/state.ts';
import { faultsOf } from '../reading/faults.ts';
import { readJson } from '../reading/json.ts';
import type { PublicKey } from '../signed/keys.ts';
import { UsageError } from '../usage-error.ts';
import { writeWhole } from '../whole-file.ts';
import type { Names } from './redact.ts';

/** A request that this machine wrote, as it was written, and what only this machine knows of it. */
export interface KeptRequest {
  readonly text: string;
  readonly names: Names;
}

const deepest = 8;
const mostBytes = 64 * 1024 * 1024;

const folderIn = (state: string, ...parts: readonly string[]): string => join(state, 'carry', ...parts);

/** Puts a file in place, whole, for this account alone. */
export function keepFile(folder: string, name: string, text: string): void {
  try {
    makeFolder(folder, 0o700);
    writeWhole(folder, name, text, 0o600);
  } catch (error) {
    throw new UsageError('state.unwritable', { folder, why: codeOf(error, 'unknown') });
  }
}

function dropFile(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // It is not there, or may stay: nothing reads it.
  }
}

/** Null where there is no such file. */
function kept(file: string): string | null {
  try {
    return statSync(file).size > mostBytes ? null : readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw new UsageError('state.unreadable', { file, why: codeOf(error, 'unknown') });
  }
}

function keptJson(file: string): unknown {
  const text = kept(file);
  const json = text === null ? null : readJson(text, deepest);
  return json !== null && 'value' in json ? json.value : null;
}

export function keepRequest(state: string, nonce: string, { text, names }: KeptRequest): void {
  const folder = folderIn(state, 'requests');
  keepFile(folder, `${nonce}.names.json`, JSON.stringify(names));
  keepFile(folder, `${nonce}.txt`, text);
}

/** The request with this nonce; null if this machine wrote none, or forgot it. */
export function keptRequest(state: string, nonce: string): KeptRequest | null {
  const text = kept(folderIn(state, 'requests', `${nonce}.txt`));
  if (text === null) return null;
  const names = keptJson(folderIn(state, 'requests', `${nonce}.names.json`));
  return { text, names: faultsOf(insideNames, names).length === 0 ? (names as Names) : {} };
}

/** Forgets requests, and what came of them, that are older than the oldest result that anybody may import. */
export function forgetOlder(state: string, thanMs: number): void {
  for (const folder of ['requests', 'imported'].map((name) => folderIn(state, name))) {
    let names: readonly string[];
    try {
      names = readdirSync(folder);
    } catch {
      continue;
    }
    for (const name of names) {
      const file = join(folder, name);
      const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
      if (at !== undefined && at < thanMs) dropFile(file);
    }
  }
}

/** Who imports: a process, and how to know that another one has ended. */
export interface Importer {
  readonly holder: string;
  isGone(holder: string): boolean;
}

/** A result that is being imported. */
export interface Claim {
  /** It was: what it holds is reported and kept. */
  done(): void;
  /** It was not, and may be again. */
  release(): void;
}

/** Takes a result for this import, whoever else tries at the same time; null if it was imported before, or is just now. */
export function claimImport(state: string, sha256: string, at: string, importer: Importer): Claim | null {
  const folder = folderIn(state, 'imported');
  const file = join(folder, sha256);
  const claim = (): boolean => {
    try {
      makeFolder(folder, 0o700);
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, `${at}\n${importer.holder}\n`);
      closeSync(handle);
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw new UsageError('state.unwritable', { folder, why: codeOf(error, 'unknown') });
    }
  };
  if (!claim()) {
    if (importedAt(state, sha256, importer) !== null) return null;
    // Whoever began it was killed before anything came of it.
    dropFile(file);
    if (!claim()) return null;
  }
  return { done: () => keepFile(folder, sha256, `${at}\n`), release: () => dropFile(file) };
}

/** When this result was imported, or began to be by somebody who is still at it; null if it was not. */
export function importedAt(state: string, sha256: string, { isGone }: Pick<Importer, 'isGone'>): string | null {
  const [at = '', holder = ''] = kept(folderIn(state, 'imported', sha256))?.split('\n') ?? [];
  return at === '' || (holder !== '' && isGone(holder)) ? null : at;
}

/** Keys that somebody said to trust. */
export function trustedKeys(state: string): readonly TrustedKey[] {
  const keys = keptJson(folderIn(state, 'trusted-keys.json'));
  // One that is spoiled costs none of the others.
  const isKey = (value: unknown): value is TrustedKey => faultsOf(trustedKey, value).length === 0;
  return Array.isArray(keys) ? keys.filter(isKey) : [];
}

export function trustKey(state: string, { key, fingerprint }: PublicKey, at: string): void {
  const others = trustedKeys(state).filter((known) => known.key !== key);
  keepFile(folderIn(state), 'trusted-keys.json', `${JSON.stringify([...others, { key, fingerprint, at }], null, 2)}\n`);
}

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
