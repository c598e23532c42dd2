import { reportHead } from '../../report/assemble.ts';
import type { RoutedPlan } from '../../routes/plan-routes.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { exitCodeOf, measure } from '../measure.ts';
import { planOf } from '../prepare.ts';
import { openReports } from '../reports.ts';

/** Plans, probes, diagnoses, reports. Everything that the user could have got wrong is found before the first packet. */
export async function check({ io, options }: Context): Promise<number> {
  // Before anything of a PAC file: fetching one is the first packet.
  const outputs = openOutputs(io, options);
  let routed: RoutedPlan | null = null;
  try {
    routed = await planOf(io, options, true);
    const reports = await openReports(outputs);
    const parts = await measure(io, options, routed, () => io.interruption(outputs.discard), reports);
    if (!(await reports.end(parts))) return 2;
    return parts.observations.ended === 'interrupted' ? 130 : exitCodeOf(reportHead(parts), options.failOn);
  } finally {
    outputs.discard();
    await routed?.close();
  }
}
