/** TCP servers that only tests need: they drip, close in order, look at the ClientHello, or never answer a SYN. */
import { connect, createServer, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { type Counts, type ListenPlace, noCounts, type Origin, open, tcpOrigin } from '../../src/demo/listen.ts';
import { type ClientHello, readClientHello } from './client-hello.ts';

/** Closes in order (FIN), on accepting or once the first bytes of the client have been read. */
export const closing = (place: ListenPlace & { readonly at: 'accept' | 'hello' }): Promise<Origin> =>
  tcpOrigin(place, (socket) => {
    if (place.at === 'accept') socket.resume().end();
    else socket.once('data', () => socket.resume().end());
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
  place: ListenPlace,
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
export async function unanswering(place: ListenPlace = {}): Promise<Origin> {
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
  for (const filler of fillers) filler.on('error', () => {});
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
