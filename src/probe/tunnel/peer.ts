import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { timeUp } from '../../clock.ts';
import { type ConnectionEnd, isReset } from '../stage/failure.ts';

/**
 * The other end of a connection, read by hand: bytes are taken as they are needed, and what was not taken goes back to
 * whoever uses the socket next.
 */
export interface Peer {
  /** Bytes that came and were not taken. */
  readonly held: Buffer;
  /** Waits for more bytes than are held; false at the end of the stream. Rejects with the socket's error. */
  fill(): Promise<boolean>;
  /** Takes so many of the held bytes, fewer if fewer are held. */
  take(count: number): Buffer;
  /** Whether the stream ends within so many milliseconds. What comes instead is held. */
  endsWithin(ms: number): Promise<boolean>;
  write(data: Buffer | string): void;
  /** Bytes that came since it was made, and how the peer ended the connection. */
  facts(): { readonly bytesRead: number; readonly ended: ConnectionEnd };
  /** Puts held bytes back and stops listening. */
  release(): void;
}

/** Reads in paused mode, so that an end that nobody asked for yet is still there for the next reader. */
export function peerOf(socket: Socket | TLSSocket): Peer {
  let held: Buffer = Buffer.alloc(0);
  let bytesRead = 0;
  let ended: ConnectionEnd = null;
  let broken: Error | null = null;
  let wake = (): void => {};
  const onReadable = (): void => wake();
  const onEnd = (): void => {
    ended ??= 'fin';
    wake();
  };
  const onError = (error: Error): void => {
    broken ??= error;
    if (isReset(error)) ended = 'reset';
    wake();
  };
  const onClose = (): void => {
    ended ??= 'fin';
    wake();
  };
  if (socket.errored) onError(socket.errored);
  else if (socket.destroyed || socket.readableEnded) ended = 'fin';
  socket.on('readable', onReadable).on('end', onEnd).on('error', onError).on('close', onClose);
  const fill = async (): Promise<boolean> => {
    for (;;) {
      const chunk = socket.read() as Buffer | null;
      if (chunk !== null) {
        bytesRead += chunk.length;
        held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
        return true;
      }
      if (broken !== null) throw broken;
      if (ended !== null) return false;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    get held() {
      return held;
    },
    fill,
    endsWithin: async (ms) => {
      let forgetTime = (): void => {};
      const late = new Promise<boolean>((resolve) => {
        forgetTime = timeUp(ms, () => resolve(true));
      });
      const stays = await Promise.race([fill().catch(() => false), late]);
      forgetTime();
      return !stays;
    },
    take: (count) => {
      const taken = held.subarray(0, count);
      held = held.subarray(taken.length);
      return taken;
    },
    write: (data) => {
      const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
      if (!socket.destroyed) socket.write(bytes);
    },
    facts: () => ({ bytesRead, ended }),
    release: () => {
      socket.off('readable', onReadable).off('end', onEnd).off('error', onError).off('close', onClose);
      if (held.length > 0 && !socket.destroyed && !socket.readableEnded) socket.unshift(held);
      held = Buffer.alloc(0);
    },
  };
}
