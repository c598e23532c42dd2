import { refusals as english } from './words/en/refusals.ts';
import {
  type Refusal,
  type RefusalArgs,
  type RefusalCode,
  type RefusalWords,
  refusal,
  type Told,
  tellRefusal,
} from './words/refusals.ts';

/**
 * A mistake of the person at the keyboard: one line, one hint, exit 2. Everything else that throws is a bug. It holds a code
 * and arguments, of which each language makes its sentence; the message is the English one.
 */
export class UsageError<C extends RefusalCode = RefusalCode> extends Error implements Told {
  override readonly name = 'UsageError';
  /** Null: English alone. */
  readonly refusal: Refusal | null;
  readonly hint: string | null;
  readonly more: readonly string[];

  constructor(code: C, ...args: RefusalArgs<C>);
  constructor(message: string, hint?: string | null, more?: readonly string[]);
  constructor(first: string, ...rest: readonly unknown[]) {
    const what = Object.hasOwn(english, first) ? refusal(first as C, ...(rest as unknown as RefusalArgs<C>)) : null;
    const told = what === null ? null : tellRefusal(english, what);
    super(told?.message ?? first);
    this.refusal = what;
    this.hint = told === null ? ((rest[0] as string | undefined) ?? null) : told.hint;
    this.more = told?.more ?? (rest[1] as readonly string[] | undefined) ?? [];
  }

  /** The same in the words of another language. */
  tell(words: RefusalWords): Told {
    return this.refusal === null ? this : tellRefusal(words, this.refusal);
  }
}
