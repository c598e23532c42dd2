import { loadReporter } from '../report/registry.ts';
import type { Context } from './context.ts';
import { openOutputs } from './deliver.ts';
import { judged, measure } from './measure.ts';
import { planOf } from './prepare.ts';
import type { Routes } from './routes.ts';

/** Plans, probes, diagnoses, reports. Everything that the user could have got wrong is found before the first packet. */
export async function check({ io, options }: Context): Promise<number> {
  // Before anything of a PAC file: fetching one is the first packet.
  const outputs = openOutputs(io, options);
  let routes: Routes | null = null;
  try {
    const planned = await planOf(io, options, true);
    const { plan } = planned;
    routes = planned.routes;
    const { report } = await measure(io, options, plan, routes, () => io.interruption(outputs.discard));
    const written = await outputs.deliver(async (name, view) => (await loadReporter(name))(report, view));
    if (!written) return 2;
    return report.observations.ended === 'interrupted' ? 130 : judged(report, options.failOn);
  } finally {
    outputs.discard();
    await routes?.close();
  }
}
