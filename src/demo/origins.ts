import { connect, createServer, type Server, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { type ClientHello, readClientHello } from './origins-hello.ts';

/** Where an origin listens. Default: 127.0.0.1 and a free port. */
export interface Place {
  readonly address?: string;
  readonly port?: number;
}

/** A running origin. */
export interface Origin {
  readonly address: string;
  readonly port: number;
  /** What has arrived so far: TCP connections, complete ClientHellos that were looked at, complete HTTP request heads. */
  readonly counts: Counts;
  /** Ends it and every connection to it. */
  close(): Promise<void>;
}

export interface Counts {
  connections: number;
  hellos: number;
  requests: number;
}

export const noCounts = (): Counts => ({ connections: 0, hellos: 0, requests: 0 });

const ignore = (): void => {};

/** Listens, counts connections, ends them with the server. What TLS or HTTP does on top counts into the same `counts`. */
export async function open(server: Server, place: Place, counts: Counts): Promise<Origin> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    counts.connections++;
    sockets.add(socket);
    socket.on('error', ignore);
    socket.once('close', () => sockets.delete(socket));
  });
  const { address = '127.0.0.1', port = 0 } = place;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port }, resolve);
  });
  const bound = server.address();
  return {
    address,
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** A TCP server with one behaviour for every connection. */
export function tcpOrigin(place: Place, behave: (socket: Socket) => void): Promise<Origin> {
  return open(createServer({ noDelay: true }, behave), place, noCounts());
}

/** A port that was open a moment ago: the kernel answers SYN with RST. */
export async function refusing(place: Place = {}): Promise<Origin> {
  const origin = await tcpOrigin(place, ignore);
  await origin.close();
  return { ...origin, close: async () => {} };
}

/** Accepts, reads, says nothing. */
export const silent = (place: Place = {}): Promise<Origin> => tcpOrigin(place, (socket) => socket.resume());

/** When an origin that ends connections does so. */
export type Moment = 'accept' | 'hello';

function endAt(moment: Moment, end: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    if (moment === 'accept') end(socket);
    else socket.once('data', () => end(socket));
  };
}

/** Resets (a real RST) on accepting, or once the first bytes of the client have been read. */
export const resetting = (place: Place & { readonly at: Moment }): Promise<Origin> =>
  tcpOrigin(
    place,
    endAt(place.at, (socket) => socket.resetAndDestroy()),
  );

/** Closes in order (FIN). */
export const closing = (place: Place & { readonly at: Moment }): Promise<Origin> =>
  tcpOrigin(
    place,
    endAt(place.at, (socket) => socket.resume().end()),
  );

/** Says this, on accepting (as SSH and mail servers do) or once the client has spoken, and closes. */
export const speaking = (place: Place & { readonly at: Moment; readonly text: string | Buffer }): Promise<Origin> =>
  tcpOrigin(
    place,
    endAt(place.at, (socket) => {
      socket.resume();
      socket.end(place.text);
    }),
  );

/** The same a byte at a time, with that many milliseconds between two. */
export const dripping = (
  place: Place & { readonly text: string | Buffer; readonly everyMs: number },
): Promise<Origin> =>
  tcpOrigin(place, (socket) => {
    socket.resume();
    drip(socket, Buffer.from(place.text), place.everyMs);
  });

/** Writes a byte at a time until there are none, or the stream is gone. */
export function drip(
  to: { write(chunk: Buffer): unknown; readonly destroyed: boolean },
  bytes: Buffer,
  everyMs: number,
): void {
  let next = 0;
  const timer = setInterval(() => {
    if (to.destroyed || next >= bytes.length) clearInterval(timer);
    else to.write(bytes.subarray(next, ++next));
  }, everyMs);
}

/** What answers decides by the ClientHello. The bytes are back in the socket, so it can be given to a TLS server. */
export async function helloOrigin(
  place: Place,
  behave: (socket: Socket, hello: ClientHello) => void,
  counts: Counts = noCounts(),
): Promise<Origin> {
  const server = createServer({ noDelay: true }, (socket) => {
    readClientHello(socket, (hello) => {
      counts.hellos++;
      behave(socket, hello);
    });
  });
  return open(server, place, counts);
}

/** One place in the queue, one connection in the making: what Linux admits before it drops SYNs. */
const backlog = 1;

const listener = `
const { parentPort, workerData } = require('node:worker_threads');
const server = require('node:net').createServer();
server.listen({ ...workerData, backlog: ${backlog} }, () => {
  parentPort.postMessage(server.address().port);
  // Blocked on purpose: this thread never accepts what the kernel queues for it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/**
 * Never answers a SYN, without a packet filter: a thread listens and then blocks, a few connections
 * fill its accept queue, and Linux drops every SYN after that. (Other systems refuse instead.)
 */
export async function unanswering(place: Place = {}): Promise<Origin> {
  const { address = '127.0.0.1', port: wanted = 0 } = place;
  const worker = new Worker(listener, { eval: true, workerData: { host: address, port: wanted } });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const fillers = await Promise.all(
    Array.from(
      { length: backlog + 1 },
      () =>
        new Promise<Socket>((resolve, reject) => {
          const socket = connect({ host: address, port }, () => resolve(socket));
          socket.once('error', reject);
        }),
    ),
  );
  for (const filler of fillers) filler.on('error', ignore);
  return {
    address,
    port,
    counts: noCounts(),
    close: async () => {
      for (const filler of fillers) filler.destroy();
      await worker.terminate();
    },
  };
}
