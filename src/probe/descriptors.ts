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

/**
 * Connections and names under way at the same time, so that descriptors don't run out. `socketsPerName`: as many as a name
 * is asked for with when every server is silent.
 */
export function shares(
  limit: number | null,
  socketsPerName: number,
): { readonly connections: number; readonly names: number } {
  const half = Math.max(4, Math.floor((Math.min(limit ?? enough, enough) - reserved) / 2));
  return { connections: half, names: Math.max(1, Math.floor(half / Math.max(1, socketsPerName))) };
}
