import type { Report } from '../../model/report.ts';
import { assembleReport, reportHead } from '../../report/assemble.ts';
import { loadReporter } from '../../report/registry.ts';
import type { Routes } from '../../routes/plan-routes.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { judged, measure } from '../measure.ts';
import { planOf } from '../prepare.ts';

/** Plans, probes, diagnoses, reports. Everything that the user could have got wrong is found before the first packet. */
export async function check({ io, options }: Context): Promise<number> {
  // Before anything of a PAC file: fetching one is the first packet.
  const outputs = openOutputs(io, options);
  let routes: Routes | null = null;
  try {
    const planned = await planOf(io, options, true);
    const { plan } = planned;
    routes = planned.routes;
    const feed = outputs.feed('ndjson');
    const parts = await measure(io, options, plan, routes, () => io.interruption(outputs.discard), feed);
    const fed = (await feed?.end()) ?? true;
    let report: Report | null = null;
    const written = await outputs.deliver(async (name, view) => {
      report ??= assembleReport(parts);
      return (await loadReporter(name))(report, view);
    });
    if (!fed || !written) return 2;
    return parts.observations.ended === 'interrupted' ? 130 : judged(reportHead(parts), options.failOn);
  } finally {
    outputs.discard();
    await routes?.close();
  }
}
