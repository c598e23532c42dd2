/** A program that gets text on its standard input, without shell; what it writes is nobody's. */
import { spawn } from 'node:child_process';
import { Undelivered } from './sender.ts';

/** Resolves when it ends with 0; it is killed when the signal aborts. */
export function feed(
  program: string,
  parameters: readonly string[],
  input: string,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...parameters], { stdio: ['pipe', 'ignore', 'ignore'], windowsHide: true });
    const kill = (): boolean => child.kill('SIGKILL');
    signal.addEventListener('abort', kill, { once: true });
    child.on('error', reject);
    child.on('close', (status, killedBy) => {
      signal.removeEventListener('abort', kill);
      if (status === 0) resolve();
      else reject(new Undelivered(killedBy === null ? `exit ${status}` : `signal ${killedBy}`));
    });
    // One that doesn't read is no error.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
