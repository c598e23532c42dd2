/** What every way of a notice is: something that takes it, or says why not. */
import type { Notice } from '../model/incident.ts';

/** A notice with what people read of it, in the language of the watch. */
export interface Outgoing {
  readonly notice: Notice;
  /** One line. */
  readonly title: string;
  readonly lines: readonly string[];
}

/** Why a notice did not arrive: a key of the words' `whyNot`, with what it is of behind a blank; or a code of the runtime. */
export class Undelivered extends Error {
  override readonly name = 'Undelivered';
  /** Milliseconds that the other side asks to wait; null: it does not say. */
  readonly waitMs: number | null;
  /** It is not to be tried again. */
  readonly isFinal: boolean;

  constructor(why: string, { waitMs = null, isFinal = false }: { waitMs?: number | null; isFinal?: boolean } = {}) {
    super(why);
    this.waitMs = waitMs;
    this.isFinal = isFinal;
  }
}

export interface Sender {
  readonly name: string;
  /** Resolves when the other side has it. Rejects with {@link Undelivered}, or with the runtime's error. */
  send(outgoing: Outgoing, signal: AbortSignal): Promise<void>;
}
