import { harmless } from '../harmless.ts';
import type { Language } from '../words/language.ts';
import { noticesOf } from '../words/notices.ts';
import type { Io } from './io.ts';

/** A bug is told on standard error, each once, and the run goes on: it costs the target that met it. */
export function faultTeller(io: Io, lang: Language): (error: unknown, where: string) => void {
  const told = new Set<string>();
  return (error, where) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (told.has(text)) return;
    told.add(text);
    const lines = text.split('\n', 20).map((line) => harmless(line));
    io.stderr.write(`wayclear: ${noticesOf(lang).fault(harmless(where, 120), lines.join('\n'))}\n`);
  };
}
