import { diagnose as judge } from '../../diagnose/diagnose.ts';
import { type ReportParts, reportHead } from '../../report/assemble.ts';
import { version } from '../../version.ts';
import { wordsOf } from '../../words/load.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { troubleCode } from '../exit-codes.ts';
import { faultTeller } from '../faults.ts';
import { anonymousObservations } from '../machine.ts';
import { exitCodeOf } from '../measure.ts';
import { deliverReport } from '../reports.ts';
import { readReport } from '../saved-report.ts';
import { tellSummary } from '../summary.ts';

/**
 * Judges a saved report again from its observations: today's rules, yesterday's measurements, no network. Of several: what
 * explains all of them.
 */
export async function diagnose(context: Context): Promise<number> {
  const { io, words, options } = context;
  if (words.length > 1) return await (await import('./diagnose-fleet.ts')).diagnoseFleet(context);
  const saved = await readReport(io, 'diagnose', words[0] ?? '-');
  const outputs = await openOutputs(io, options);
  try {
    const observations = options.anonymous ? anonymousObservations(saved.observations) : saved.observations;
    const parts: ReportParts = {
      observations,
      diagnosis: judge(observations, faultTeller(io, options.lang)),
      words: wordsOf(options.lang),
      options: saved.options,
      version,
      machine: options.anonymous ? null : (saved.machine ?? null),
      labels: saved.labels ?? {},
    };
    const written = await deliverReport(outputs, parts);
    tellSummary(io, options, parts);
    return written ? exitCodeOf(reportHead(parts), options) : troubleCode(options.exitCodes);
  } finally {
    outputs.discard();
  }
}
