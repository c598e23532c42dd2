/** Servers that break a connection before TLS or HTTP begins. */
import type { Socket } from 'node:net';
import { type ListenPlace, type Origin, tcpOrigin } from './listen.ts';

/** A port that was open a moment ago: the kernel answers SYN with RST. */
export async function refusing(place: ListenPlace = {}): Promise<Origin> {
  const origin = await tcpOrigin(place, () => {});
  await origin.close();
  return { ...origin, close: async () => {} };
}

/** Accepts, reads, says nothing. */
export const silent = (place: ListenPlace = {}): Promise<Origin> => tcpOrigin(place, (socket) => socket.resume());

/** When an origin that ends connections does so. */
type Moment = 'accept' | 'hello';

function endAt(moment: Moment, end: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    if (moment === 'accept') end(socket);
    else socket.once('data', () => end(socket));
  };
}

/** Resets (a real RST) on accepting, or once the first bytes of the client have been read. */
export const resetting = (place: ListenPlace & { readonly at: Moment }): Promise<Origin> =>
  tcpOrigin(
    place,
    endAt(place.at, (socket) => socket.resetAndDestroy()),
  );

/** Says this, on accepting (as SSH and mail servers do) or once the client has spoken, and closes. */
export const speaking = (
  place: ListenPlace & { readonly at: Moment; readonly text: string | Buffer },
): Promise<Origin> =>
  tcpOrigin(
    place,
    endAt(place.at, (socket) => {
      socket.resume();
      socket.end(place.text);
    }),
  );
