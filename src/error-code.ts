/** The system's code of an error, as `ENOENT`; `absent` for one that has none. */
export const codeOf = (error: unknown, absent = ''): string =>
  error instanceof Error && 'code' in error ? String(error.code) : absent;
