import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { systemPrograms } from '../../windows/programs.ts';
import { type Exec, emptySetting, type ProxySetting, unreadSetting } from '../setting.ts';
import { gnomeUntouched, readGnomeSetting } from './gnome.ts';
import { readMacosSetting } from './macos.ts';
import { readWindowsSettings } from './windows.ts';

/** Whether a program is in one of the folders of a PATH; without one nobody knows, and it is worth a try. */
const isThere = (program: string, path: string | undefined): boolean =>
  path?.split(delimiter).some((folder) => existsSync(join(folder, program))) !== false;

/**
 * What programs of the system write: at most `timeoutMs` each, 1 MiB of output. With `path`, a program that is in none of
 * its folders is not even tried: that costs as much as starting one (10 ms of CPU). `windows` are the process's variables
 * there: its programs are looked for in Windows' own folder alone.
 */
export function boundedExec(
  timeoutMs: number,
  path?: string,
  signal?: AbortSignal,
  windows?: Readonly<Record<string, string | undefined>>,
): Exec {
  const bounds = { timeoutMs, mostBytes: 1_048_576, encoding: 'utf8', signal } as const;
  const run = systemPrograms(windows === undefined ? 'other' : 'win32', windows ?? {}, bounds);
  return async (program, parameters) => {
    const ended = isThere(program, path) ? await run(program, parameters) : null;
    return ended?.status === 0 ? ended.stdout : null;
  };
}

/**
 * The operating system's proxy settings in the order in which they are asked. Empty where the system has none that is
 * known; one that can't be read says so in its notes. On Linux the desktop's settings are asked only where its tool is installed.
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
  if (platform === 'darwin') return [(await readMacosSetting(exec)) ?? unreadSetting('macos')];
  const setting = await readGnomeSetting(exec);
  return setting === null ? [] : [setting];
}
