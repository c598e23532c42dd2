import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { Socket } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { reasonOf, UsageError } from '../usage-error.ts';
import { streamWriter } from './stream-writer.ts';
import { quoted } from './values.ts';

/** A file that a result will be written to, opened before the first packet. */
export interface OutputFile {
  /** Which file it is, however it was spelt; null for a device, where several may write. */
  readonly identity: string | null;
  /** Adds to what `commit` will put in place. Throws the system's error. */
  write(text: string): void | Promise<void>;
  /** Puts what was written in place; the old content stays until then. Throws the system's error. */
  commit(): void;
  /** Leaves the old content as it was. May be called any number of times, after `commit` too. */
  discard(): void;
}

/** How often it is looked whether somebody reads a pipe by now, in milliseconds. */
const lookMs = 50;

/** The same for one file by every name of it. */
export const identityOf = ({ dev, ino }: { readonly dev: number; readonly ino: number }): string => `${dev}:${ino}`;

/**
 * Opens `file` (relative to `cwd`) so that nothing but a full disk can stop the writing later. A regular file is written
 * beside its place and renamed, so that whatever happens leaves the old content or the whole new one: a folder that takes no
 * new files will not do. A device or a pipe is written as the text comes; a pipe is waited for until `work` ends.
 * With `append` what a regular file holds stays, before what is written. A place that can't be written is a UsageError.
 */
export async function openOutput(file: string, cwd: string, work: AbortSignal, append = false): Promise<OutputFile> {
  try {
    const own = descriptorIn(resolve(cwd, file));
    if (own !== null) return await ofDescriptor(own, resolve(cwd, file), work);
    const path = resolved(file, resolve(cwd, file));
    const there = statSync(path, { throwIfNoEntry: false });
    if (there?.isDirectory() === true) throw new UsageError('file.output-folder', { file: quoted(file) });
    if (there !== undefined) accessSync(path, constants.W_OK);
    const identity = there === undefined ? path : identityOf(there);
    if (there?.isFIFO() === true) return pipe(await openPipe(file, path, work), identity, work);
    if (there !== undefined && !there.isFile()) return device(openSync(path, 'w'));
    // A name of its own: one longer than the file's might be too long.
    const temporary = join(dirname(path), `.wayclear-${randomBytes(6).toString('hex')}.part`);
    const handle = openSync(temporary, 'wx', there === undefined ? 0o666 : there.mode & 0o777);
    if (append && there !== undefined) writeAll(handle, readFileSync(path));
    return beside(handle, temporary, path, identity, there?.mode);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : '';
    // Too few descriptors are no fault of the place.
    if (code === 'EMFILE' || code === 'ENFILE') throw error;
    throw new UsageError('file.output', { file: quoted(file), why: reasonOf(error) });
  }
}

/** The descriptor of this process that a path means; null for all other paths. */
function descriptorIn(path: string): number | null {
  if (path === '/dev/stdout' || path === '/dev/stderr') return path === '/dev/stdout' ? 1 : 2;
  const number = /^\/(?:dev|proc\/self)\/fd\/(\d{1,9})$/.exec(path)?.[1];
  return number === undefined ? null : Number(number);
}

/** What stands behind a descriptor is written as the text comes: what it held stays, and no name leads there. */
async function ofDescriptor(own: number, path: string, work: AbortSignal): Promise<OutputFile> {
  const there = fstatSync(own);
  if (there.isFIFO()) return pipe(await openPipe(path, path, work), identityOf(there), work);
  // That of standard error is the runtime's, and no socket can be opened a second time.
  if (there.isSocket()) return own > 2 ? pipe(own, identityOf(there), work) : device(openSync(path, 'w'));
  const kept = { identity: null, commit: () => undefined, discard: () => undefined };
  return { ...kept, write: (text) => writeAll(own, text) };
}

/** Where a symbolic link points, so that the link survives; the path itself, its folder resolved, if there is nothing yet. */
function resolved(file: string, path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
      throw new UsageError('file.output-link', { file: quoted(file) });
    }
    if (basename(path) === '') throw error;
    return join(realpathSync(dirname(path)), basename(path));
  }
}

/** The descriptor of a pipe that somebody reads. */
async function openPipe(file: string, path: string, work: AbortSignal): Promise<number> {
  for (;;) {
    try {
      return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENXIO')) throw error;
    }
    if (work.aborted) {
      throw new UsageError('file.output-pipe', { file: quoted(file) });
    }
    await setTimeout(lookMs, undefined, { signal: work }).catch(() => {});
  }
}

function writeAll(handle: number, content: string | Buffer): void {
  const bytes = Buffer.from(content);
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}

function beside(
  handle: number,
  temporary: string,
  path: string,
  identity: string,
  mode: number | undefined,
): OutputFile {
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
    identity,
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

function device(handle: number): OutputFile {
  let open = true;
  const close = (): void => {
    if (open) closeSync(handle);
    open = false;
  };
  return { identity: null, write: (text) => writeAll(handle, text), commit: close, discard: close };
}

function pipe(handle: number, identity: string, work: AbortSignal): OutputFile {
  const socket = new Socket({ fd: handle, readable: false, writable: true });
  // Told to whoever writes.
  socket.on('error', () => {});
  const close = (): void => {
    socket.destroy();
  };
  return { identity, write: streamWriter(socket, work), commit: close, discard: close };
}
