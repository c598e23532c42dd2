/** Where the state of this account lies: the store that nobody named, keys, spools. */
import { isAbsolute, join } from 'node:path';

/** Null where nothing says in which folder. `uid`: null where there is none. */
export function stateFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: string,
  uid: number | null,
): string | null {
  const absolute = (folder: string | undefined): folder is string => folder !== undefined && isAbsolute(folder);
  // What systemd made for the service (StateDirectory=), the first where it made several.
  const given = env['STATE_DIRECTORY']?.split(':')[0];
  if (platform === 'win32') return absolute(env['ProgramData']) ? join(env['ProgramData'], 'wayclear') : null;
  if (absolute(given)) return given;
  if (uid === 0) return '/var/lib/wayclear';
  const state = env['XDG_STATE_HOME'];
  if (absolute(state)) return join(state, 'wayclear');
  return absolute(env['HOME']) ? join(env['HOME'], '.local', 'state', 'wayclear') : null;
}

export const storeName = 'wayclear.db';
