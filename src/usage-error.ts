/** A mistake of the person at the keyboard: one line, one hint, exit 2. Everything else that throws is a bug. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What to do about it, one line; null if the message says it all. */
  readonly hint: string | null;
  /** Further mistakes of the same kind, a line each. */
  readonly more: readonly string[];

  constructor(message: string, hint: string | null = null, more: readonly string[] = []) {
    super(message);
    this.hint = hint;
    this.more = more;
  }
}
