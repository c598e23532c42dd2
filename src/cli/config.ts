import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { suggest } from '../suggest.ts';
import { UsageError } from '../usage-error.ts';
import { decoded } from './decode.ts';
import { flags } from './flags.ts';
import type { Layer, Written } from './options.ts';
import { quoted } from './values.ts';

/** The file that is read from the working directory if `--config` names no other. */
const configName = 'wayclear.config.json';

const mostBytes = 1024 * 1024;

/** A whole text file of at most `most` bytes; a UsageError that starts with `where` if it can't be read. */
export function readText(where: string, file: string, most: number): string {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    throw new UsageError(`${where}: can't read ${quoted(file)} (${reason(error)})`);
  }
  try {
    if (fstatSync(handle).isDirectory()) throw new UsageError(`${where}: ${quoted(file)} is a folder`);
    const chunks: Buffer[] = [];
    let length = 0;
    for (;;) {
      const chunk = Buffer.alloc(64 * 1024);
      const read = readSync(handle, chunk, 0, chunk.length, null);
      if (read === 0) break;
      length += read;
      if (length > most) {
        throw new UsageError(`${where}: ${quoted(file)} is larger than ${Math.round(most / 1024)} KiB`);
      }
      chunks.push(chunk.subarray(0, read));
    }
    return decoded(Buffer.concat(chunks));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${where}: can't read ${quoted(file)} (${reason(error)})`);
  } finally {
    closeSync(handle);
  }
}

/** `no such file`, `permission denied` … or the system's code. */
export function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EISDIR: 'it is a folder',
    ENOTDIR: 'a part of the path is not a folder',
    ENOSPC: 'no space left',
    EROFS: 'the file system is read-only',
    ENAMETOOLONG: 'the name is too long',
    ELOOP: 'too many symbolic links',
  };
  return words[code] ?? (code === '' ? 'unknown reason' : code);
}

/**
 * The configuration file's layer: `file` if given, else wayclear.config.json in `cwd` if there is one,
 * else null. The keys are the flags' names; anything else is a UsageError, as is a value of a wrong type.
 */
export function readConfig(file: string | null, cwd: string): Layer | null {
  const path = file === null ? join(cwd, configName) : resolve(cwd, file);
  if (file === null && !exists(path)) return null;
  const label = file ?? configName;
  const text = readText(file === null ? configName : '--config', path, mostBytes);
  return parseConfig(text, label);
}

function exists(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'));
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT');
  }
}

/** Pure part of {@link readConfig}. `label` names the file in messages. */
export function parseConfig(text: string, label: string): Layer {
  const name = basename(label);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new UsageError(
      `${name}: not JSON`,
      'It holds one object, for example { "timeout": "5s", "cloud": "usgov" }.',
    );
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new UsageError(`${name}: not a JSON object`, 'For example { "timeout": "5s", "cloud": "usgov" }.');
  }
  const rows = flags.filter((row) => row.name !== 'config');
  const values: Record<string, Written> = {};
  for (const [key, value] of Object.entries(parsed)) {
    const row = rows.find((candidate) => candidate.name === key);
    if (row === undefined) {
      const near = suggest(
        key,
        rows.map((candidate) => candidate.name),
      );
      throw new UsageError(
        `${name}: unknown key ${quoted(key)}${near === null ? '' : `; did you mean "${near}"?`}`,
        'The keys are the names of the flags; wayclear --help lists them.',
      );
    }
    if (row.kind === 'switch') {
      if (typeof value !== 'boolean') throw new UsageError(`${name}: "${key}" must be true or false`);
      values[key] = value;
    } else if (row.kind === 'list') {
      const texts: unknown[] = Array.isArray(value) ? value : [value];
      if (texts.length > 1000) throw new UsageError(`${name}: "${key}" has more than 1000 entries`);
      values[key] = texts.map((entry) => textOf(name, key, entry));
    } else {
      values[key] = textOf(name, key, value);
    }
  }
  return { source: 'config', values, where: (key) => `${name}: "${key}"` };
}

function textOf(name: string, key: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new UsageError(`${name}: "${key}" must be a text`, 'Write values as on the command line, in quotes.');
}
