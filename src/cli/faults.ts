import { harmless } from '../harmless.ts';
import type { Io } from './io.ts';

/** A bug is told on standard error, each once, and the run goes on: it costs the target that met it. */
export function faultTeller(io: Io): (error: unknown, where: string) => void {
  const told = new Set<string>();
  return (error, where) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (told.has(text)) return;
    told.add(text);
    const lines = text.split('\n', 20).map((line) => harmless(line));
    io.stderr.write(
      `wayclear: a fault in wayclear itself (${harmless(where, 120)}), please report it: ${lines.join('\n')}\n`,
    );
  };
}
