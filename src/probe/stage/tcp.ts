import { connect, type Socket } from 'node:net';
import { isIP } from '../../addresses.ts';
import type { StageResult, TcpValue } from '../../model/observations.ts';
import { type StageContext, stage } from './stage.ts';

/** Keeps a later error on an open socket from being an uncaught exception; who uses the socket listens for itself. */
export const ignore = (): void => {};

/**
 * Connects to exactly this address (no happy eyeballs, no name): one SYN's fate is the result.
 * The socket is null unless the stage passed; then the caller has to destroy it.
 */
export async function connectTcp(
  address: string,
  port: number,
  context: StageContext,
): Promise<{ readonly result: StageResult<TcpValue>; readonly socket: Socket | null }> {
  // A name would be looked up in the runtime's thread pool, where it can hang for ever.
  if (isIP(address) === 0) throw new TypeError(`not an IP address: ${address}`);
  let socket: Socket | null = null;
  const result = await stage<TcpValue>('tcp', context, (step) => {
    const opening = connect({ host: address, port, autoSelectFamily: false, noDelay: true });
    opening.on('error', ignore);
    return new Promise((resolve, reject) => {
      step.stop = () => opening.destroy();
      opening.once('error', reject);
      opening.once('connect', () => {
        opening.off('error', reject);
        socket = opening;
        resolve({ localAddress: opening.localAddress ?? '', localPort: opening.localPort ?? 0 });
      });
    });
  });
  const opened = socket as Socket | null;
  if (result.status !== 'passed') {
    opened?.destroy();
    return { result, socket: null };
  }
  return { result, socket: opened };
}
