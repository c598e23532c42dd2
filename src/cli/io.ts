import type { Clock } from '../clock.ts';

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
  /** Standard input as text; a UsageError over `mostBytes`. */
  readStdin(mostBytes: number): Promise<string>;
  /** Asks at the terminal without showing what is typed; null if nobody is there. Left out: nobody ever is. */
  askSecret?(question: string): Promise<string | null>;
  /**
   * From here on the first signal aborts what is returned, with the reason `interrupted`, and the second
   * one ends the process at once. `lastWords` runs before that.
   */
  interruption(lastWords: () => void): AbortSignal;
}

export interface Terminal {
  readonly isTTY: boolean;
  /** Null if it is no terminal. */
  readonly columns: number | null;
}
