/** The account that this process runs as, by its security identifier, which no language of Windows changes. */
import { entryOf } from '../entry.ts';
import type { WindowsFacts } from '../model/windows.ts';
import type { RunProgram } from '../system-program.ts';

/** Well-known identifiers ([MS-DTYP] 2.4.2.4). */
const known: Readonly<Record<string, WindowsFacts['account']>> = {
  'S-1-5-18': 'local-system',
  'S-1-5-19': 'local-service',
  'S-1-5-20': 'network-service',
};

/** `whoami /user /fo csv /nh`: a line with name and identifier in quotes. */
export function parseWhoami(output: string): WindowsFacts['account'] {
  const sid = /"(S-1-[0-9-]{1,180})"\s*$/.exec(output.slice(0, 4096))?.[1];
  return sid === undefined ? 'unknown' : (entryOf(known, sid) ?? 'other');
}

/** Where whoami does not tell, Local System shows by its profile, which is below Windows' own folder. */
export async function readAccount(
  run: RunProgram,
  env: Readonly<Record<string, string | undefined>>,
): Promise<WindowsFacts['account']> {
  const asked = await run('whoami.exe', ['/user', '/fo', 'csv', '/nh']);
  const account = asked?.status === 0 ? parseWhoami(asked.stdout) : 'unknown';
  if (account !== 'unknown') return account;
  return /\\config\\systemprofile\\?$/i.test(env['USERPROFILE'] ?? '') ? 'local-system' : 'unknown';
}
