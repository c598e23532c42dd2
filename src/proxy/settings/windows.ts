/** Windows' sources of proxy settings, in their order. */
import { numberOf, valuesOf } from '../../windows/registry.ts';
import type { Exec, ProxySetting } from '../setting.ts';
import { readWinHttp } from './winhttp.ts';
import { perMachine, readWinInet } from './wininet.ts';

/**
 * `DisableWpad` = 1: no automatic discovery, whatever an account has switched on (learn.microsoft.com, «How to disable
 * HTTP proxy features»).
 */
async function discoveryForbidden(exec: Exec): Promise<boolean> {
  const key = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp';
  const output = await exec('reg', ['query', key, '/v', 'DisableWpad']);
  return output !== null && numberOf(valuesOf(output), 'disablewpad') === 1;
}

/**
 * What Windows says, in the order in which the role's own service would see it: WinHTTP (services), WinINET of the
 * Local System account, WinINET of this user. One that can't be read says so in its notes.
 */
export async function readWindowsSettings(exec: Exec): Promise<readonly ProxySetting[]> {
  const [machine, forbidden, winHttp] = await Promise.all([
    perMachine(exec),
    discoveryForbidden(exec),
    readWinHttp(exec),
  ]);
  const winInets = await Promise.all(
    (['wininet-system', 'wininet-user'] as const).map((source) => readWinInet(exec, source, machine)),
  );
  const settings = [winHttp, ...winInets];
  if (!forbidden) return settings;
  return settings.map((setting) =>
    setting.autoDetect ? { ...setting, autoDetect: false, notes: [...setting.notes, 'wpad-disabled'] } : setting,
  );
}
