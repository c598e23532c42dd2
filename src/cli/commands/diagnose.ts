import type { Report } from '../../model/report.ts';
import { UsageError } from '../../usage-error.ts';
import { conclude, judged } from '../conclude.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { anonymousObservations } from '../machine.ts';
import { deliverReport } from '../reports.ts';
import { readReport } from '../saved-report.ts';
import { machineOf, recordedReport, withStore } from '../store-door.ts';
import { quoted } from '../values.ts';

/**
 * Judges a saved report again from its observations: today's rules, yesterday's measurements, no network. Of several: what
 * explains all of them.
 */
export async function diagnose(context: Context): Promise<number> {
  const { io, words, options } = context;
  if (words.length > 1) return await (await import('./diagnose-fleet.ts')).diagnoseFleet(context);
  const saved = await savedReport(context);
  const outputs = await openOutputs(io, options);
  try {
    const observations = options.anonymous ? anonymousObservations(saved.observations) : saved.observations;
    const parts = await judged(io, options, observations, saved, true);
    return await conclude(io, options, parts, await deliverReport(outputs, parts));
  } finally {
    outputs.discard();
  }
}

/** The file that is named, or the look of a store. */
async function savedReport({ io, words, options }: Context): Promise<Report> {
  const [file] = words;
  const { store: address, machine, at } = options;
  if (address === null && at === null && machine === null) {
    if (file !== undefined) return await readReport(io, 'diagnose', file);
    throw new UsageError('command.missing', { command: 'diagnose', word: '<report>', usage: 'diagnose <report>' });
  }
  if (file !== undefined) {
    throw new UsageError('command.surplus', {
      command: 'diagnose',
      word: quoted(file),
      usage: 'diagnose --store STORE',
    });
  }
  return await withStore(io, address, false, async (store) =>
    recordedReport(store, await machineOf(store, machine), at),
  );
}
