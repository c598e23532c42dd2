/** Where the demo's servers listen, and what each of them counts. */
import { createServer, type Server, type Socket } from 'node:net';

/** Where an origin listens. Default: 127.0.0.1 and a free port. */
export interface ListenPlace {
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
export async function open(server: Server, place: ListenPlace, counts: Counts): Promise<Origin> {
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
export function tcpOrigin(place: ListenPlace, behave: (socket: Socket) => void): Promise<Origin> {
  return open(createServer({ noDelay: true }, behave), place, noCounts());
}
