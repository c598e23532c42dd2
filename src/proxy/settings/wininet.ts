/** WinINET's settings: an account's, or by policy the machine's for every account. */
import { numberOf, textOf, valuesOf } from '../../windows/registry.ts';
import type { Exec, ProxySetting } from '../setting.ts';
import { internetSettings, parseConnectionSettings, windowsSetting, withoutKey } from './windows-parts.ts';

type WinInetSource = 'wininet-system' | 'wininet-user';

/** Local System's settings, under the SID that this account has on every Windows. */
const roots: Readonly<Record<WinInetSource, string>> = { 'wininet-system': 'HKU\\S-1-5-18', 'wininet-user': 'HKCU' };

/** The WinINET values of an `Internet Settings` key. */
export function parseInternetSettings(output: string, source: WinInetSource): ProxySetting {
  const values = valuesOf(output);
  const on = (name: string): boolean => numberOf(values, name) === 1;
  return windowsSetting(
    source,
    {
      proxy: on('proxyenable') ? textOf(values, 'proxyserver') : '',
      bypass: on('proxyenable') ? textOf(values, 'proxyoverride') : '',
      pacUrl: textOf(values, 'autoconfigurl'),
      autoDetect: on('autodetect'),
    },
    ['ProxyServer', 'ProxyOverride'],
  );
}

/** The binary value decides where it is readable, as in Windows itself, else the plain ones. */
function winInet(plain: string | null, binary: string | null, source: WinInetSource): ProxySetting | null {
  const name = 'DefaultConnectionSettings';
  const parts = binary === null ? null : parseConnectionSettings(textOf(valuesOf(binary), name.toLowerCase()));
  if (parts !== null) return windowsSetting(source, parts, [name, name]);
  return plain === null ? null : parseInternetSettings(plain, source);
}

/**
 * The policy «Make proxy settings per-machine (rather than per-user)» is `ProxySettingsPerUser` = 0 (learn.microsoft.com,
 * NetworkProxy CSP): then the values under HKLM, a PAC file among them, stand for every account and its own don't count.
 */
export async function perMachine(exec: Exec): Promise<boolean> {
  const key = 'HKLM\\Software\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
  const output = await exec('reg', ['query', key, '/v', 'ProxySettingsPerUser']);
  return output !== null && numberOf(valuesOf(output), 'proxysettingsperuser') === 0;
}

/** What one account's programs read. */
export async function readWinInet(exec: Exec, source: WinInetSource, machine: boolean): Promise<ProxySetting> {
  const root = `${machine ? 'HKLM' : roots[source]}${internetSettings}`;
  const read = winInet(
    await exec('reg', ['query', root]),
    await exec('reg', ['query', `${root}\\Connections`]),
    source,
  );
  const setting = read ?? (await withoutKey(exec, source, root));
  return !machine ? setting : { ...setting, notes: [...setting.notes, 'per-machine'] };
}
