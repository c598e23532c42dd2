import { diagnose as judge } from '../../diagnose/diagnose.ts';
import { correlateFleet } from '../../fleet/correlate.ts';
import { lookOf } from '../../fleet/look.ts';
import type { FleetReport, Look } from '../../model/fleet.ts';
import { reportHead, reportTargets } from '../../report/assemble.ts';
import { assembleFleet } from '../../report/fleet-report.ts';
import { renderFleetJson, renderFleetTable } from '../../report/fleet-text.ts';
import type { Outcome } from '../../report/nagios.ts';
import { UsageError } from '../../usage-error.ts';
import { version } from '../../version.ts';
import { wordsOf } from '../../words/load.ts';
import { loadFleetWords } from '../../words/load-fleet.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { troubleCode } from '../exit-codes.ts';
import { faultTeller } from '../faults.ts';
import { exitCodeOf } from '../measure.ts';
import { readReport } from '../saved-report.ts';

/** Formats in which the answer about many machines is written; the others are of one run. */
const formats: readonly string[] = ['table', 'json'];

/** Judges the reports of many machines again, each from its observations, and says what explains all of them. */
export async function diagnoseFleet(context: Context): Promise<number> {
  const { io, options } = context;
  const strange = options.formats.find(({ name }) => !formats.includes(name));
  if (strange !== undefined) {
    throw new UsageError('command.one-report', { format: strange.name });
  }
  const language = { words: wordsOf(options.lang), fleet: await loadFleetWords(options.lang) };
  const outputs = await openOutputs(io, options);
  try {
    const looks = await looksOf(context);
    const answer = correlateFleet(options.anonymous ? nameless(looks) : looks);
    const report = assembleFleet(answer, language, version);
    const written = await outputs.deliver((format, view) =>
      format === 'json' ? renderFleetJson(report) : renderFleetTable(report, language, view),
    );
    return written ? exitCodeOf(outcomeOf(report), options) : troubleCode(options.exitCodes);
  } finally {
    outputs.discard();
  }
}

/** One file at a time: of each only what it contributes is kept. */
async function looksOf({ io, words: files, options }: Context): Promise<readonly Look[]> {
  const looks: Look[] = [];
  const onFault = faultTeller(io, options.lang);
  const words = wordsOf(options.lang);
  for (const file of files) {
    const { observations, tool, machine = null, labels = {} } = await readReport(io, 'diagnose', file);
    const diagnosis = judge(observations, onFault);
    const parts = { observations, diagnosis, words, options: {}, version: tool.version, machine, labels };
    looks.push(lookOf({ ...reportHead(parts), targets: [...reportTargets(parts)], observations }));
  }
  return looks;
}

/** The looks without who measured: machines by number, no accounts; networks stay. */
function nameless(looks: readonly Look[]): readonly Look[] {
  const numbers = new Map<string, number>();
  for (const { machine } of looks) if (!numbers.has(machine)) numbers.set(machine, numbers.size + 1);
  return looks.map((look) => ({
    ...look,
    name: `#${numbers.get(look.machine)}`,
    traits: look.traits.filter(({ attribute }) => attribute !== 'account'),
  }));
}

/** What the exit code follows from, as of one run. */
function outcomeOf({ machines, endpoints, explanations }: FleetReport): Outcome {
  const verdicts = ['reachable', 'degraded', 'unreachable', 'untested'] as const;
  const count = (verdict: (typeof verdicts)[number]): number =>
    endpoints.reduce((sum, { machines: seen }) => sum + seen[verdict], 0);
  const [reachable = 0, degraded = 0, unreachable = 0, untested = 0] = verdicts.map(count);
  const summary = { reachable, degraded, unreachable, untested };
  return { complete: machines.incomplete === 0, rootCauses: explanations, summary };
}
