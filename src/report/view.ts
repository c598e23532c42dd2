import type { Language } from '../words/language.ts';

/** How a reporter shall present; it never asks the terminal itself. */
export interface View {
  readonly lang: Language;
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
  readonly verbose: boolean;
  /** The summary line alone; left out: all. */
  readonly quiet?: boolean;
  /** Whoever reads judges: records hold what was measured in place of what follows from it. Left out: no. */
  readonly attended?: boolean;
  /** Name of the output file; left out for standard output. */
  readonly file?: string;
}
