import { codeOf } from './error-code.ts';
import { harmless } from './harmless.ts';
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
  readonly refusal: Refusal;
  readonly hint: string | null;
  readonly more: readonly string[];

  constructor(code: C, ...args: RefusalArgs<C>) {
    const what = refusal(code, ...args);
    const { message, hint, more } = tellRefusal(english, what);
    super(message);
    this.refusal = what;
    this.hint = hint;
    this.more = more;
  }

  /** The error of a sentence that is at hand. */
  static of({ code, args }: Refusal): UsageError {
    return new UsageError(code, ...([args] as unknown as RefusalArgs<RefusalCode>));
  }

  /** The same in the words of another language. */
  tell(words: RefusalWords): Told {
    return tellRefusal(words, this.refusal);
  }
}

/** Why the system refused something, by its code. */
export const reasonOf = (error: unknown): Refusal => refusal('reason.system', { code: codeOf(error) });

/** The same, in English by what the runtime itself says. */
export const runtimeReasonOf = (error: unknown): Refusal =>
  refusal('reason.runtime', {
    code: codeOf(error),
    text: harmless(error instanceof Error ? error.message : String(error), 200),
  });

export { type Refusal, refusal };
