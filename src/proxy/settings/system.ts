import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Exec, emptySetting, type ProxySetting } from '../setting.ts';
import { gnomeUntouched, readGnomeSetting } from './gnome.ts';
import { readMacosSetting } from './macos.ts';
import { readWindowsSettings } from './windows.ts';

/** Whether a program is in one of the folders of a PATH; without one nobody knows, and it is worth a try. */
const isThere = (program: string, path: string | undefined): boolean =>
  path?.split(delimiter).some((folder) => existsSync(join(folder, program))) !== false;

/**
 * Runs programs of the system without a shell: at most `timeoutMs` each, 1 MiB of output, nothing on stdin. With `path`,
 * a program that is in none of its folders is not even tried: that costs as much as starting one (10 ms of CPU).
 */
export function boundedExec(timeoutMs: number, path?: string): Exec {
  return async (program, parameters) => {
    if (!isThere(program, path)) return null;
    const { execFile } = await import('node:child_process');
    return await new Promise((resolve) => {
      const limits = { timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 1_048_576, windowsHide: true } as const;
      const child = execFile(program, [...parameters], { ...limits, encoding: 'utf8' }, (error, stdout) => {
        resolve(error === null ? stdout : null);
      });
      child.stdin?.end();
    });
  };
}

/**
 * The operating system's proxy settings in the order in which they are asked. Empty where the system has none that is
 * known, or none can be read. On Linux the desktop's settings are asked only where its tool is installed.
 * @param platform `process.platform`
 * @param env left out: the tool is asked, even where nobody can have set anything
 */
export async function readSystemSettings(
  platform: string,
  exec: Exec,
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<readonly ProxySetting[]> {
  if (platform === 'win32') return readWindowsSettings(exec);
  if (platform === 'linux' && isThere('gsettings', env['PATH']) && gnomeUntouched(env)) return [emptySetting('gnome')];
  const setting = platform === 'darwin' ? await readMacosSetting(exec) : await readGnomeSetting(exec);
  return setting === null ? [] : [setting];
}
