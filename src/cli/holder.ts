/** Who holds a lock of the store: a process on a machine, so that one that was killed need not be waited for. */
import { readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Process numbers count in a namespace of their own in each container. */
function namespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

const place = (): string => `${hostname()} ${namespace()}`;

export const ownHolder = (): string => `${place()} ${process.pid}`;

/** Whether a holder on this machine has ended; of others nothing is known. */
export function isGone(holder: string): boolean {
  const at = holder.lastIndexOf(' ');
  const pid = Number(holder.slice(at + 1));
  if (holder.slice(0, at) !== place() || !Number.isInteger(pid)) return false;
  if (pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
