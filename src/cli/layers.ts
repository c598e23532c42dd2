import type { RouteSource } from '../model/plan.ts';
import type { Refusal } from '../usage-error.ts';
import type { FlagKind } from './flags.ts';

/** What somebody wrote for a flag: switches true or false, values a text, lists texts. */
export type Written = boolean | string | readonly string[];

/** One place where options come from. `where` names a flag in it for a message. */
export interface Layer {
  readonly source: RouteSource;
  readonly values: Readonly<Record<string, Written>>;
  where(name: string): string | Refusal;
}

/** What was written for a flag, and by whom; the lower the rank, the stronger. */
export interface Picked {
  readonly value: Written;
  readonly layer: Layer;
  readonly rank: number;
}

/** What was written for a flag by the strongest that says anything of it; null where nobody does. */
export type PickWritten = (name: string, kind: FlagKind) => Picked | null;

/** What a text means; `where` names its place for a message. */
export type Parse<T> = (where: string | Refusal, text: string) => T;

/** What reads options, as the command line and the files have them. */
export interface Readers {
  on(name: string): boolean;
  value<T>(name: string, absent: T, parse: Parse<T>): T;
  list<T>(name: string, parse: Parse<T>): readonly T[];
  /** A duration in milliseconds or a count, within the bounds of the flag's row. */
  amount<T>(name: string, absent: T): number | T;
  /** A text that is not empty; null: not given. */
  text(name: string): string | null;
}
