import { isAbsolute, join, posix } from 'node:path';

/** The machine and the account whose state is meant. */
interface Account {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform` says it. */
  readonly platform: string;
  /** Of this process; left out: asked of the system. Undefined where there is none. */
  readonly uid?: number | undefined;
}

/**
 * The folder that keeps what lasts from run to run (the key, what was carried, the history): what a service manager names
 * (STATE_DIRECTORY, as systemd does for `StateDirectory=`), else the system's own place for a service or for an account.
 * Null where nothing says where that is. It need not be there yet; whoever makes it, makes it for this account alone.
 */
export function stateFolder({ env, platform, uid = process.getuid?.() }: Account): string | null {
  const [given = ''] = (env['STATE_DIRECTORY'] ?? '').split(platform === 'win32' ? ';' : ':');
  if (isAbsolute(given)) return given;
  if (platform === 'win32') {
    const data = env['ProgramData'] ?? '';
    return isAbsolute(data) ? join(data, 'wayclear') : null;
  }
  if (platform === 'linux' && uid === 0) return '/var/lib/wayclear';
  const [state = '', home = ''] = [env['XDG_STATE_HOME'], env['HOME']];
  if (posix.isAbsolute(state)) return posix.join(state, 'wayclear');
  return posix.isAbsolute(home) ? posix.join(home, '.local', 'state', 'wayclear') : null;
}

/** In the state folder, the catalogs that somebody accepted: they stand in place of the program's own of the same feature. */
export const catalogFolder = (state: string): string => join(state, 'catalog');
