/** The command line run in this process: what it writes, and its exit code. */
import { createEnding, type Ending } from '../../src/cli/ending.ts';
import type { Io } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { systemClock } from '../../src/clock.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';

export interface Written {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** As for a process that starts now: this one may have run for longer than any deadline. */
export function freshEnding(): Ending {
  const zero = systemClock.now();
  return createEnding({ ...systemClock, now: () => systemClock.now() - zero });
}

export async function wayclear(
  args: readonly string[],
  {
    env = {},
    columns = null,
    cwd = import.meta.dirname,
    stdin = '',
    platform = process.platform,
    askSecret,
  }: {
    readonly env?: Readonly<Record<string, string>>;
    readonly columns?: number | null;
    readonly cwd?: string;
    readonly stdin?: string;
    readonly platform?: NodeJS.Platform;
    /** Left out: nobody sits at a terminal. */
    readonly askSecret?: Io['askSecret'] | undefined;
  } = {},
): Promise<Written> {
  let stdout = '';
  let stderr = '';
  const code = await main({
    args,
    env,
    cwd,
    platform,
    clock: systemClock,
    stdout: {
      isTTY: false,
      columns,
      write: async (text) => {
        stdout += text;
      },
    },
    stderr: {
      isTTY: false,
      columns: null,
      write: (text) => {
        stderr += text;
      },
    },
    secrets: createSecrets(),
    readStdin: async () => stdin,
    ending: freshEnding(),
    ...(askSecret === undefined ? {} : { askSecret }),
  });
  return { code, stdout, stderr };
}
