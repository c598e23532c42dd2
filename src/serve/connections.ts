/** Whose turn it is: nobody has all connections, and one that waits for its sender makes room for who comes. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { originOf } from './rates.ts';

export interface Shares {
  readonly all: number;
  /** Of one address, or one network of IPv6, a proxy in front of this among them: whoever holds all that it gets leaves as many to others. */
  readonly ofOne: number;
}

interface Open {
  readonly socket: Pick<Socket, 'destroy'>;
  readonly origin: string;
  /** The one that is being read or answered; null between two. */
  request: Pick<IncomingMessage, 'complete'> | null;
}

export const peerOf = ({ socket }: { readonly socket: Pick<Socket, 'remoteAddress'> }): string =>
  (socket.remoteAddress ?? '').replace(/^::ffff:/, '');

/** The same of a connection and of the TLS in it. */
const nameOf = (socket: Pick<Socket, 'remoteAddress' | 'remotePort'>): string =>
  `${peerOf({ socket })} ${socket.remotePort}`;

/** All of the request has not come yet: nothing is lost that its sender would not say again. */
const waitsForSender = ({ request }: Open): boolean => request?.complete !== true;

/**
 * Where there are too many the oldest one that waits for its sender goes, of the same address if that has too many: who says
 * little for long keeps nobody out, of its own address either. Where all are being answered, the one that came goes.
 */
export function shareOut(server: Pick<Server, 'on'>, { all, ofOne }: Shares): void {
  /** By name, the oldest first. */
  const open = new Map<string, Open>();
  const counts = new Map<string, number>();
  const leave = (name: string): void => {
    const one = open.get(name);
    if (one === undefined) return;
    open.delete(name);
    const left = (counts.get(one.origin) ?? 1) - 1;
    if (left === 0) counts.delete(one.origin);
    else counts.set(one.origin, left);
  };
  const makeRoom = (isHis: (one: Open) => boolean): boolean => {
    for (const [name, one] of open) {
      if (!isHis(one) || !waitsForSender(one)) continue;
      leave(name);
      one.socket.destroy();
      return true;
    }
    return false;
  };
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket);
    const origin = originOf(peerOf({ socket }));
    const isRoom =
      (counts.get(origin) ?? 0) < ofOne
        ? open.size < all || makeRoom(() => true)
        : makeRoom((one) => one.origin === origin);
    if (!isRoom) {
      socket.destroy();
      return;
    }
    open.set(name, { socket, origin, request: null });
    counts.set(origin, (counts.get(origin) ?? 0) + 1);
    socket.once('close', () => {
      if (open.get(name)?.socket === socket) leave(name);
    });
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const one = open.get(nameOf(request.socket));
    if (one === undefined) return;
    one.request = request;
    response.once('close', () => {
      if (one.request === request) one.request = null;
    });
  });
}
