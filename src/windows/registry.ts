/** The registry as `reg.exe query` prints it: nothing in it that is read here is in the language of Windows. */

export interface RegistryValue {
  /** `REG_SZ`, `REG_DWORD` … */
  readonly type: string;
  /** As printed: numbers as `0x1`, bytes as hexadecimal digits, strings of a list with `\0` (two characters) between them. */
  readonly data: string;
}

export interface RegistryKey {
  /** With the root's long name: `HKEY_LOCAL_MACHINE\SOFTWARE\…`. */
  readonly path: string;
  /** By name in lower case. The unnamed value is called otherwise in each language of Windows: nobody asks for it here. */
  readonly values: ReadonlyMap<string, RegistryValue>;
}

const ofValue = /^ {4}(\S.{0,255}?) {4}(REG_[A-Z_]{1,40})(?: {4}(.*))?$/;

/** Keys of the output in order: their names at the margin, each value below with four blanks around name and type. */
export function parseRegistry(output: string): readonly RegistryKey[] {
  const keys: { readonly path: string; readonly values: Map<string, RegistryValue> }[] = [];
  for (const line of output.split(/\r?\n/)) {
    if (/^HKEY_/i.test(line)) keys.push({ path: line.trimEnd(), values: new Map() });
    else if (line.startsWith('    ')) {
      const [, name = '', type = '', data = ''] = ofValue.exec(line.trimEnd()) ?? [];
      if (name !== '') keys.at(-1)?.values.set(name.toLowerCase(), { type, data });
    }
  }
  return keys;
}

/** Values of the first key of an output; empty without one. */
export const valuesOf = (output: string): RegistryKey['values'] => parseRegistry(output)[0]?.values ?? new Map();

/** Text of a value; empty without one. */
export const textOf = (values: RegistryKey['values'], name: string): string => values.get(name)?.data.trim() ?? '';

/** Number of a REG_DWORD; null without one. */
export function numberOf(values: RegistryKey['values'], name: string): number | null {
  const { type, data } = values.get(name) ?? {};
  return type === 'REG_DWORD' && data !== undefined && /^0x[0-9a-f]{1,8}$/i.test(data) ? Number(data) : null;
}

/** Strings of a REG_MULTI_SZ, or the one of a REG_SZ, without empty ones. */
export function listOf(values: RegistryKey['values'], name: string): readonly string[] {
  const { type, data = '' } = values.get(name) ?? {};
  const strings = type === 'REG_MULTI_SZ' ? data.split('\\0') : [data];
  return strings.map((text) => text.trim()).filter((text) => text !== '');
}

/** The last part of a key's path. */
export const keyName = ({ path }: RegistryKey): string => path.slice(path.lastIndexOf('\\') + 1);
