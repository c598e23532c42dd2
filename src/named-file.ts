import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { Socket } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { readInlineFile } from './inline-file.ts';

interface ReadBounds {
  /** More is an error, `EFBIG`. */
  readonly mostBytes: number;
  /** Ends the wait for whoever writes into a pipe, by `ABORT_ERR`. */
  readonly signal: AbortSignal;
}

/** What was in a file. `mode` are its permission bits. */
interface NamedFile {
  readonly bytes: Buffer;
  readonly mode: number;
}

// Windows has no such flag, and no such pipes.
const { O_RDONLY, O_NONBLOCK = 0 } = constants;
const chunkBytes = 65_536;

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/**
 * A file that somebody named, whole. A pipe (as the shell makes one of `<(command)`) is read until its writers have gone, and
 * nothing waits for a pipe to be opened: a thread that does so could never be ended.
 * @throws the system's error, or one whose `code` is `EISDIR`, `EFBIG` or `ABORT_ERR`
 */
export async function readNamedFile(path: string, bounds: ReadBounds): Promise<NamedFile> {
  const inline = readInlineFile(path);
  if (inline !== null) {
    if (inline.bytes.length > bounds.mostBytes) throw failure('EFBIG');
    return { bytes: inline.bytes, mode: 0o600 };
  }
  const handle = openSync(path, O_RDONLY | O_NONBLOCK);
  let owned = true;
  try {
    const facts = fstatSync(handle);
    if (facts.isDirectory()) throw failure('EISDIR');
    const mode = facts.mode & 0o777;
    if (!facts.isFIFO()) return { bytes: wholeFile(handle, bounds.mostBytes), mode };
    owned = false;
    return { bytes: await wholePipe(handle, bounds), mode };
  } finally {
    if (owned) closeSync(handle);
  }
}

/**
 * The same without waiting for anybody: a pipe holds what is in it now, and is an error (`EAGAIN`) where that is nothing yet.
 * @throws the system's error, or one whose `code` is `EFBIG`
 */
export function readFileNow(path: string, mostBytes: number): Buffer {
  const handle = openSync(path, O_RDONLY | O_NONBLOCK);
  try {
    return wholeFile(handle, mostBytes);
  } finally {
    closeSync(handle);
  }
}

function wholeFile(handle: number, mostBytes: number): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const read = readSync(handle, chunk, 0, chunk.length, null);
    if (read === 0) return Buffer.concat(chunks);
    length += read;
    if (length > mostBytes) throw failure('EFBIG');
    chunks.push(chunk.subarray(0, read));
  }
}

async function wholePipe(handle: number, { mostBytes, signal }: ReadBounds): Promise<Buffer> {
  const pipe = addAbortSignal(signal, new Socket({ fd: handle, readable: true, writable: false }));
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of pipe as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) throw failure('EFBIG');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
