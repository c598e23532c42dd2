import { Socket } from 'node:net';
import { Writable } from 'node:stream';

/** How much is written at a time, so that a reader who is slow shows that it reads. */
const pieceLength = 65_536;

/** For one piece once the work has ended, in milliseconds: whoever reads nothing for so long gets no more. */
const patienceMs = 700;

/** Of a pipe whose reader has gone: by POSIX, by Windows, and by this runtime after either. */
const goneCodes: readonly unknown[] = ['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED'];

/** Under Wine such a pipe is a bad descriptor at times. A file is one where it was not opened for writing: that is a fault. */
const isGone = (code: unknown, isPipe: boolean): boolean => goneCodes.includes(code) || (isPipe && code === 'EBADF');

/**
 * Makes sure that standard output or error can be looked at: where its reader went before the process did so, the runtime may
 * throw at the mere look. What is written goes nowhere then.
 */
export function ensureStream(
  process: { readonly [name in 'stdout' | 'stderr']: unknown },
  name: 'stdout' | 'stderr',
): void {
  try {
    void process[name];
  } catch (error) {
    if (!isGone((error as NodeJS.ErrnoException).code, true)) throw error;
    const value = new Writable({ write: (_bytes, _encoding, done) => done() });
    Object.defineProperty(process, name, { configurable: true, enumerable: true, value });
  }
}

type WriteDone = (error?: (Error & { readonly code?: string }) | null) => void;

function writePiece(stream: NodeJS.WritableStream, work: AbortSignal, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const wait = (): void => {
      timer = setTimeout(() => reject(Object.assign(new Error('nobody reads it'), { code: 'UNREAD' })), patienceMs);
    };
    const written: WriteDone = (error) => {
      work.removeEventListener('abort', wait);
      clearTimeout(timer);
      if (error === null || error === undefined || isGone(error.code, stream instanceof Socket)) resolve();
      else reject(error);
    };
    if (work.aborted) wait();
    else work.addEventListener('abort', wait, { once: true });
    stream.write(text, written);
  });
}

/**
 * Writes to a pipe, one text after the other: what is written later waits for what is written now. A reader that has gone is
 * no fault. Rejects once a piece was not taken: after `work` has ended a reader has to read.
 */
export function streamWriter(stream: NodeJS.WritableStream, work: AbortSignal): (text: string) => Promise<void> {
  const pieces = async (text: string): Promise<void> => {
    for (let at = 0; at < text.length || at === 0; ) {
      const end = at + pieceLength;
      // Not between the halves of a character.
      const cut = /[\ud800-\udbff]/.test(text[end - 1] ?? '') ? end + 1 : end;
      await writePiece(stream, work, text.slice(at, cut));
      at = cut;
    }
  };
  let last = Promise.resolve();
  return (text) => {
    last = last.then(() => pieces(text));
    return last;
  };
}
