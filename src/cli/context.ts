import type { Io } from './io.ts';
import type { Options } from './options.ts';

/** What a command gets. It returns its exit code. */
export interface Context {
  readonly io: Io;
  readonly words: readonly string[];
  readonly options: Options;
}

export type Command = (context: Context) => Promise<number>;
