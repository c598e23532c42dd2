/**
 * Runs a program of the operating system; null if it could not be started, was ended, or wrote too much. Injected, so
 * that tests need no such system.
 */
export type RunProgram = (
  program: string,
  parameters: readonly string[],
) => Promise<{ readonly status: number; readonly stdout: string } | null>;

/** What bounds a program: it is killed after `timeoutMs`, or when it has written more than `mostBytes`. */
export interface ProgramBounds {
  readonly timeoutMs: number;
  readonly mostBytes: number;
  readonly encoding: 'utf8' | 'latin1';
  /** Kills it too. */
  readonly signal?: AbortSignal | undefined;
}

/** Programs are run without shell, window and input. */
export function programRunner({ timeoutMs, mostBytes, encoding, signal }: ProgramBounds): RunProgram {
  return async (program, parameters) => {
    // Loaded where it is needed: on Linux most runs ask no program.
    const { execFile } = await import('node:child_process');
    if (signal?.aborted === true) return null;
    const options = {
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      maxBuffer: mostBytes,
      windowsHide: true,
      signal,
    } as const;
    return await new Promise((resolve) => {
      const child = execFile(program, [...parameters], { ...options, encoding }, (error, stdout) => {
        if (error === null) resolve({ status: 0, stdout });
        else resolve(typeof error.code === 'number' ? { status: error.code, stdout } : null);
      });
      child.stdin?.end();
    });
  };
}
