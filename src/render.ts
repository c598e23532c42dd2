import { diagnose } from './diagnose/diagnose.ts';
import type { Diagnosis } from './model/diagnosis.ts';
import type { Observations } from './model/observations.ts';
import type { Machine } from './model/report.ts';
import { assembleReport } from './report/assemble.ts';
import { loadReporter } from './report/registry.ts';
import type { View } from './report/view.ts';
import { version } from './version.ts';
import type { Language } from './words/language.ts';
import { loadWords } from './words/load.ts';

/** What a report is made of; a report is one itself. */
export interface Reportable {
  readonly observations: Observations;
  /** Left out: the observations are judged. */
  readonly diagnosis?: Diagnosis;
  /** As used, for the reader; left out: none. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Who measured; left out: not said. */
  readonly machine?: Machine | null;
}

/**
 * The text of a report in a format (a name out of `reporterNames`) and a language. `view` says how wide and how much;
 * left out: 100 columns without colour, and no more than is needed.
 */
export async function render(
  { observations, diagnosis = diagnose(observations), options = {}, machine = null }: Reportable,
  format: string,
  lang: Language = 'en',
  view: Partial<Omit<View, 'lang'>> = {},
): Promise<string> {
  const [reporter, words] = await Promise.all([loadReporter(format), loadWords(lang)]);
  const report = assembleReport({ observations, diagnosis, words, options, version, machine });
  return reporter(report, { width: 100, colour: false, verbose: false, ...view, lang });
}
