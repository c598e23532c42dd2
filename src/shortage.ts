/** The system's words for «too many files are open»: in this process, and on this machine. */
const codes: readonly unknown[] = ['EMFILE', 'ENFILE'];

/** The code of an error that is about too few file descriptors, whatever was to be opened; null for any other. */
export function shortageOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return codes.includes(code) ? String(code) : null;
}
