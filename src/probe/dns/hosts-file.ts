/** The hosts file: what applications get before any resolver is asked. */

import { open } from 'node:fs/promises';
import { isIP } from '../../addresses.ts';
import { before, trimEndOf } from '../../text-bounds.ts';

/** Name (lower case, no trailing dot) to its addresses, in file order without doubles. */
export type HostsTable = ReadonlyMap<string, readonly string[]>;

/** Published block lists reach several MiB and some 200,000 names; what lies beyond these bounds is not read. */
const maxBytes = 8 * 1024 * 1024;
/** What the file may grow by while it is read. */
const spareBytes = 64 * 1024;
const maxNames = 500_000;
const maxAddressesOfName = 16;

/** The form in which names are compared: ASCII lower case, one trailing dot removed. */
export const hostKey = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** Reads the text of a hosts file (hosts(5)). Lines that make no sense are passed over, as the system does. */
export function parseHosts(text: string): HostsTable {
  const table = new Map<string, string[]>();
  let names = 0;
  for (const line of text
    .slice(0, maxBytes)
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)) {
    const [address = '', ...fields] = before(line, '#')
      .trim()
      .split(/[ \t\v\f]+/);
    if (isIP(address) === 0) continue;
    for (const field of fields) {
      if (names >= maxNames) return table;
      const name = hostKey(field);
      if (name === '' || name.length > 253) continue;
      names += 1;
      const known = table.get(name);
      if (known === undefined) table.set(name, [address.toLowerCase()]);
      else if (known.length < maxAddressesOfName && !known.includes(address.toLowerCase()))
        known.push(address.toLowerCase());
    }
  }
  return table;
}

/**
 * Where the system keeps the file. `systemRoot` is Windows' `%SystemRoot%`; `folder` the registry's `DataBasePath`, by
 * which Windows finds the file, and others have moved it.
 */
export function hostsPath(platform: string, systemRoot: string | undefined, folder: string | null = null): string {
  if (platform !== 'win32') return '/etc/hosts';
  const root = systemRoot ?? 'C:\\Windows';
  const expanded = (folder ?? '%SystemRoot%\\System32\\drivers\\etc').replace(/%SystemRoot%/i, () => root);
  return `${trimEndOf(expanded, '\\')}\\hosts`;
}

/** Reads the hosts file; one that is absent or unreadable is an empty table, as it is for the system. */
export async function loadHosts(path = hostsPath(process.platform, undefined)): Promise<HostsTable> {
  let file: Awaited<ReturnType<typeof open>> | null = null;
  try {
    file = await open(path, 'r');
    // A device or a pipe in its place says nothing of its size: the start of it is read.
    const bytes = new Uint8Array(Math.min((await file.stat()).size + spareBytes, maxBytes));
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return parseHosts(new TextDecoder().decode(bytes.subarray(0, length)));
  } catch {
    return new Map();
  } finally {
    await file?.close();
  }
}
