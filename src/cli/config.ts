import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { readNamedFile } from '../named-file.ts';
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
export async function readText(where: string, file: string, most: number, signal: AbortSignal): Promise<string> {
  try {
    return decoded((await readNamedFile(file, { mostBytes: most, signal })).bytes);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EISDIR') throw new UsageError(`${where}: ${quoted(file)} is a folder`);
    if (code === 'EFBIG') {
      throw new UsageError(`${where}: ${quoted(file)} is larger than ${Math.round(most / 1024)} KiB`);
    }
    // Too few descriptors are no fault of the file.
    if (code === 'EMFILE' || code === 'ENFILE') throw error;
    throw new UsageError(`${where}: can't read ${quoted(file)} (${reason(error)})`);
  }
}

/** `no such file`, `permission denied` … or the system's code. */
export function reason(error: unknown): string {
  const code = codeOf(error);
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
    ABORT_ERR: 'nobody wrote into it in time',
  };
  return words[code] ?? (code === '' ? 'unknown reason' : code);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * The configuration file's layer: `file` if given, else wayclear.config.json in `cwd` if there is one,
 * else null. The keys are the flags' names; anything else is a UsageError, as is a value of a wrong type.
 */
export async function readConfig(file: string | null, cwd: string, signal: AbortSignal): Promise<Layer | null> {
  const path = file === null ? join(cwd, configName) : resolve(cwd, file);
  if (file === null && !existsSync(path)) return null;
  const label = file ?? configName;
  const text = await readText(file === null ? configName : '--config', path, mostBytes, signal);
  return parseConfig(text, label);
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
