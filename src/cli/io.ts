import type { Clock } from '../clock.ts';
import type { CredentialGuard } from '../proxy/lockout.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Ending } from './ending.ts';

/** Everything that the commands get from the process, handed in by cli.ts. */
export interface Io {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** As `process.platform` says it. */
  readonly platform: string;
  readonly clock: Clock;
  readonly stdout: Terminal & { write(text: string): Promise<void> };
  readonly stderr: Terminal & { write(text: string): void };
  /** Standard input as text; a UsageError over `mostBytes`, if it is asked for twice, or if the work ends before it does. */
  readStdin(mostBytes: number): Promise<string>;
  /**
   * The first line of standard input, which is watched from then on: where it ends, so does the work. Left out: nobody
   * watches, and all of it is the line.
   */
  attend?(mostBytes: number): Promise<string>;
  /** Asks at the terminal without showing what is typed; null if nobody is there. Left out: nobody ever is. */
  askSecret?(question: string): Promise<string | null>;
  /** The secrets of this process: no text leaves it before they were looked for. */
  readonly secrets: Secrets;
  /** Which accounts proxies and servers refused, to whoever of the process sent them. */
  readonly guard: CredentialGuard;
  /** What ends the program early. */
  readonly ending: Ending;
}

/** What the process hands in; the guard is made where a command begins. */
export type Given = Omit<Io, 'guard'>;

export interface Terminal {
  readonly isTTY: boolean;
  /** Null if it is no terminal. */
  readonly columns: number | null;
}
