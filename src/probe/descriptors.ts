import { readFileSync } from 'node:fs';

/** What the program itself holds open: streams, stores, a child's pipes, the runtime's own. */
const reserved = 48;

/** More than any run has use for. */
const enough = 8192;

/** File descriptors that this process may hold (Linux); null where that can't be told. */
export function descriptorLimit(): number | null {
  try {
    const limit = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
    return limit === undefined ? null : Number(limit);
  } catch {
    return null;
  }
}

/** Connections and names under way at the same time, so that sockets run out nowhere before the limit. */
export function shares(limit: number | null, wanted: number): { readonly connections: number; readonly names: number } {
  const usable = Math.max(8, Math.min(limit ?? enough, enough) - reserved);
  // A name is asked for with two sockets at a time, one a family, and with as many more as servers are silent.
  return { connections: Math.floor(usable / 2), names: Math.max(1, Math.min(wanted, Math.floor(usable / 6))) };
}
