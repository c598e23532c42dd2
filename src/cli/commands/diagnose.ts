import { diagnose as judge } from '../../diagnose/diagnose.ts';
import { assembleReport } from '../../report/assemble.ts';
import { loadReporter } from '../../report/registry.ts';
import { version } from '../../version.ts';
import { wordsOf } from '../../words/load.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { judged } from '../measure.ts';
import { readReport } from '../saved-report.ts';

/** Judges a saved report again from its observations: today's rules, yesterday's measurements, no network. */
export async function diagnose({ io, words, options }: Context): Promise<number> {
  const saved = await readReport(io, 'diagnose', words[0] ?? '-');
  const outputs = openOutputs(io, options);
  try {
    const report = assembleReport({
      observations: saved.observations,
      diagnosis: judge(saved.observations),
      words: wordsOf(options.lang),
      options: saved.options,
      version,
    });
    const written = await outputs.deliver(async (name, view) => (await loadReporter(name))(report, view));
    return written ? judged(report, options.failOn) : 2;
  } finally {
    outputs.discard();
  }
}
