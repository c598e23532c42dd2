import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  ftruncateSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { reason } from './config.ts';
import { quoted } from './values.ts';

/** A file that a result will be written to, opened before the first packet. */
export interface OutputFile {
  /** Adds to what `commit` will put in place. Throws the system's error. */
  write(text: string): void;
  /** Puts what was written in place; the old content stays until then. Throws the system's error. */
  commit(): void;
  /** Leaves the old content as it was. May be called any number of times, after `commit` too. */
  discard(): void;
}

/**
 * Opens `file` (relative to `cwd`) so that nothing but a full disk can stop the writing later. A regular
 * file is written beside its place and renamed, so an interrupted run never leaves half a report where a
 * whole one was; a device or a pipe, or a file in a folder that takes no new ones, is written directly, as the text comes.
 * A place that can't be written is a UsageError.
 */
export function openOutput(file: string, cwd: string): OutputFile {
  const path = resolved(resolve(cwd, file));
  try {
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory() === true)
      throw new UsageError(`can't write ${quoted(file)}: it is a folder`, 'Name a file in it.');
    if (there !== undefined) accessSync(path, constants.W_OK);
    if (there !== undefined && !there.isFile()) return direct(openSync(path, 'w'), false);
    const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
    let handle: number;
    try {
      handle = openSync(temporary, 'wx', there === undefined ? 0o666 : there.mode & 0o777);
    } catch (error) {
      if (there === undefined) throw error;
      return direct(openSync(path, 'r+'), true);
    }
    return beside(handle, temporary, path, there?.mode);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `can't write ${quoted(file)}: ${reason(error)}`,
      'Nothing was sent. Name a file in a folder that exists and is writable.',
    );
  }
}

/** Where a symbolic link points, so that the link survives; the path itself if there is nothing yet. */
function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function writeAll(handle: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}

function beside(handle: number, temporary: string, path: string, mode: number | undefined): OutputFile {
  let open = true;
  let there = true;
  const close = (): void => {
    if (open) closeSync(handle);
    open = false;
  };
  const discard = (): void => {
    close();
    if (there) unlinkSync(temporary);
    there = false;
  };
  return {
    write: (text) => writeAll(handle, text),
    commit() {
      try {
        close();
        // The mode given to open() is cut by the umask; the old file's was not.
        if (mode !== undefined) chmodSync(temporary, mode & 0o777);
        renameSync(temporary, path);
        there = false;
      } catch (error) {
        discard();
        throw error;
      }
    },
    discard,
  };
}

function direct(handle: number, truncate: boolean): OutputFile {
  let open = true;
  const discard = (): void => {
    if (open) closeSync(handle);
    open = false;
  };
  let old = truncate;
  const write = (text: string): void => {
    if (old) ftruncateSync(handle, 0);
    old = false;
    writeAll(handle, text);
  };
  return {
    write,
    commit() {
      try {
        write('');
      } finally {
        discard();
      }
    },
    discard,
  };
}
