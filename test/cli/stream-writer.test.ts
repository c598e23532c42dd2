import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ensureStream, streamWriter } from '../../src/cli/stream-writer.ts';

const never = new AbortController().signal;
const trouble = (code: string): Error => Object.assign(new Error(code), { code });

/** A pipe or a file whose every write ends so. */
function failing(code: string, isPipe: boolean): NodeJS.WritableStream {
  const write = (_text: string, done: (error: Error) => void): boolean => {
    done(trouble(code));
    return false;
  };
  return Object.assign(isPipe ? new Socket() : new Writable(), { write }) as unknown as NodeJS.WritableStream;
}

describe('standard output and error', () => {
  it.each(['EPIPE', 'EOF', 'EBADF', 'ERR_STREAM_DESTROYED'])(
    'whose reader has gone (%s) are no fault',
    async (code) => {
      await expect(streamWriter(failing(code, true), never)('text')).resolves.toBeUndefined();
    },
  );

  it.each([
    ['EIO', true],
    ['ENOSPC', false],
    ['EBADF', false],
  ])('that take nothing (%s) are one', async (code, isPipe) => {
    await expect(streamWriter(failing(code, isPipe), never)('text')).rejects.toMatchObject({ code });
  });

  it('that can not even be opened take what is written, and it goes nowhere', async () => {
    const gone = {
      stdout: new Writable(),
      get stderr(): Writable {
        throw trouble('EBADF');
      },
    };
    ensureStream(gone, 'stdout');
    ensureStream(gone, 'stderr');
    await streamWriter(gone.stderr, never)('text');
    const full = {
      stdout: new Writable(),
      get stderr(): Writable {
        throw trouble('EMFILE');
      },
    };
    expect(() => ensureStream(full, 'stderr')).toThrow('EMFILE');
  });
});
