/** Runs a program of the operating system; null if it could not be started or was stopped. Injected, so that tests need no such system. */
export type Exec = (
  file: string,
  args: readonly string[],
) => Promise<{ readonly status: number; readonly stdout: string } | null>;

const MAX_OUTPUT = 64 * 1024 * 1024;

/** No shell, no window, no input; ended after ten seconds. */
export const systemExec: Exec = async (file, args) => {
  // Loaded where it is needed: on Linux no program has to be asked.
  const { execFile } = await import('node:child_process');
  return await new Promise((resolve) => {
    const options = { timeout: 10_000, maxBuffer: MAX_OUTPUT, windowsHide: true, encoding: 'latin1' as const };
    const child = execFile(file, [...args], options, (error, stdout) => {
      if (error === null) resolve({ status: 0, stdout });
      else resolve(typeof error.code === 'number' ? { status: error.code, stdout } : null);
    });
    child.stdin?.end();
  });
};
