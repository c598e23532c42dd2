/** undici's client on a socket that is already open, and what it takes to keep it there: five workarounds, each with a test. */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Client } from 'undici';
import { headEnd } from '../../answer-head.ts';
import { type ConnectionEnd, isReset, StageError } from './failure.ts';

/** Bytes that a header block may have. */
export const maxHeaderBlock = 65_536;

let loading: Promise<{ readonly default: typeof Client }> | null = null;

/** The client alone, by a path without types: loading the whole package takes 150 to 200 ms, this 50 (Node 20 to 24). */
const load = (): NonNullable<typeof loading> => {
  loading ??= import('undici/lib/dispatcher/client.js' as string);
  return loading;
};

/** Loads the HTTP client before anything is timed; later calls cost nothing. */
export async function prepareHttp(): Promise<void> {
  await load();
}

/** How the peer ends a connection, and the first error on it. */
export interface ConnectionEnding {
  readonly end: () => ConnectionEnd;
  readonly error: () => Error | null;
}

/** Listens from the first moment on: an alert may arrive right behind the handshake, and undici hides it by errors of its own. */
export function hearEnding(socket: Socket | TLSSocket): ConnectionEnding {
  let end: ConnectionEnd = null;
  let first: Error | null = null;
  const hear = (error: Error): void => {
    first ??= error;
    if (isReset(error)) end = 'reset';
  };
  if (socket.errored) hear(socket.errored);
  else if (socket.readableEnded) end = 'fin';
  socket.on('error', hear);
  socket.on('end', () => {
    end ??= 'fin';
  });
  // Workaround 1 (test: an error behind the close): undici's listeners outlive its state, and throw at what comes later.
  socket.once('close', () => {
    for (const listener of socket.listeners('error') as ((error: Error) => void)[])
      if (listener !== hear) socket.off('error', listener);
  });
  return { end: () => end, error: () => first };
}

/**
 * Cuts `100 Continue` heads off the front of a response. A client must cope with one that it did
 * not ask for (RFC 9110 section 15.2). Gives null while it can't tell yet.
 */
function withoutContinue(): (chunk: Buffer) => Buffer | null {
  const expected = 'HTTP/1.1 100';
  let held: Buffer | null = Buffer.alloc(0);
  return (chunk) => {
    if (held === null) return chunk;
    let rest: Buffer = Buffer.concat([held, chunk]);
    for (;;) {
      const start = rest.toString('latin1', 0, expected.length);
      const isContinue = /^HTTP\/1\.[01] 100$/.test(start + expected.slice(start.length));
      const end = isContinue ? headEnd(rest) : null;
      if (end === null) {
        held = isContinue && rest.length <= maxHeaderBlock ? rest : null;
        return held === null ? rest : null;
      }
      rest = rest.subarray(end.whole);
    }
  };
}

/**
 * Workaround 2 (tests: 100 Continue unasked; without end: status lines, early hints, chunk extensions): undici drops the
 * connection at the first, and reads the others for ever. It pulls by `read()`, where each byte can be seen before it.
 * `isOver` gets the number of bytes that came; after true undici gets none.
 */
function guardReads(socket: Socket | TLSSocket, isOver: (bytes: number) => boolean): void {
  const pull = socket.read.bind(socket) as () => Buffer | null;
  const filter = withoutContinue();
  socket.read = () => {
    for (let chunk = pull(); chunk !== null; chunk = pull()) {
      if (isOver(chunk.length)) return null;
      const rest = filter(chunk);
      if (rest !== null) return rest;
    }
    return null;
  };
}

/**
 * Workaround 3 (test: an alert that has already arrived): undici writes at once, and a write that meets a reset throws away
 * the unread alert before it. The event loop looks at the sockets first: in the second turn surely.
 */
async function polled(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

/** A client for one request, that has this socket and never opens another. */
export async function clientOn(
  socket: Socket | TLSSocket,
  origin: string,
  ending: ConnectionEnding,
  isOver: (bytes: number) => boolean,
): Promise<Client> {
  const { default: ClientOfUndici } = await load();
  await polled();
  guardReads(socket, isOver);
  let handedOver = false;
  return new ClientOfUndici(origin, {
    connect: (_options, done) => {
      if (handedOver || ending.error() !== null) {
        // Workaround 4 (test: a socket that is already gone): undici connects again for a request that was not written, and
        // without end, at once, if it is given an error of its own. It gets one of ours.
        const code = ending.end() === 'reset' ? 'http.reset' : 'http.closed';
        const why = new StageError(code, ending.error()?.message ?? 'the connection ended before the request');
        return done(why, null);
      }
      handedOver = true;
      // Workaround 5 (all tests of the stage): called back at once, undici leaves the request in its queue for ever.
      queueMicrotask(() => done(null, socket));
    },
    maxHeaderSize: maxHeaderBlock,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
