import type { RoutedPlan } from '../../routes/plan-routes.ts';
import { UsageError } from '../../usage-error.ts';
import { conclude } from '../conclude.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { measure } from '../measure.ts';
import type { Options } from '../options.ts';
import { nothingPlanned, planOf } from '../prepare.ts';
import { openReports } from '../reports.ts';
import { openStoreFor } from '../store-door.ts';

/** Plans, probes, diagnoses, reports. Everything that the user could have got wrong is found before the first packet. */
export async function check(context: Context): Promise<number> {
  const { io, options } = context;
  if (options.on !== null) return await (await import('../check-on.ts')).checkOn(context, options.on);
  checkOutput(options);
  checkAttended(options);
  // Before anything of a PAC file: fetching one is the first packet.
  const outputs = await openOutputs(io, options);
  let routed: RoutedPlan | null = null;
  const store = options.store === null ? null : await openStoreFor(io, options.store, true);
  try {
    const sender =
      options.send.places.length === 0 ? null : await (await import('../send.ts')).openSender(io, options, null);
    routed = await planOf(io, options, true).catch((error: unknown) => {
      if (io.ending.interrupted()) return nothingPlanned(options);
      throw error;
    });
    const reports = await openReports(outputs);
    const parts = await measure(io, options, routed, reports);
    return await conclude(io, options, parts, await reports.end(parts), { store, sender });
  } finally {
    outputs.discard();
    await store?.close();
    await routed?.close();
  }
}

/** Whoever takes messages from standard output is to get nothing else. */
function checkOutput({ send, formats }: Pick<Options, 'send' | 'formats'>): void {
  const sends = send.places.some(({ place }) => place.kind === 'output');
  if (sends && formats.some(({ file }) => file === null)) throw new UsageError('send.output');
}

/** Whoever attends reads records from standard output, and nothing else is written. */
function checkAttended({ attended, formats }: Pick<Options, 'attended' | 'formats'>): void {
  const [first] = formats;
  const isOne = formats.length === 1 && first?.name === 'ndjson' && first.file === null;
  if (attended && !isOne) throw new UsageError('remote.attended');
}
