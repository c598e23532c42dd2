import type { TLSSocket } from 'node:tls';
import { type Counts, type ListenPlace, noCounts, type Origin, open } from './listen.ts';
import { speaking } from './origins-tcp.ts';
import { type TlsBehaviour, tlsServer } from './tls-server.ts';

/** TLS as it should be, within what `behaviour` limits. `serve` gets the open session. */
export function tlsOrigin(
  place: ListenPlace & TlsBehaviour,
  serve: (peer: TLSSocket) => void = () => {},
  counts: Counts = noCounts(),
): Promise<Origin> {
  return open(tlsServer(place, serve), place, counts);
}

/** Answers each ClientHello by a fatal alert (RFC 8446 section 6.2: 40 handshake_failure, 70, 80, 112 …). */
export const alerting = (place: ListenPlace & { readonly alert: number }): Promise<Origin> =>
  speaking({ ...place, at: 'hello', text: Buffer.from([0x15, 3, 3, 0, 2, 2, place.alert]) });
