import { loadReporter } from '../report/registry.ts';
import type { Context } from './context.ts';
import { openOutputs } from './deliver.ts';
import { judged, measure } from './measure.ts';
import { planOf } from './prepare.ts';
import { proxyCredentials } from './proxy-options.ts';

/** Plans, probes, diagnoses, reports. Everything that the user could have got wrong is found before the first packet. */
export async function check({ io, options }: Context): Promise<number> {
  await proxyCredentials(options.proxy);
  const { plan, routes } = await planOf(io, options);
  const outputs = openOutputs(io, options);
  try {
    const { report } = await measure(io, options, plan, routes, () => io.interruption(outputs.discard));
    const written = await outputs.deliver(async (name, view) => (await loadReporter(name))(report, view));
    if (!written) return 2;
    return report.observations.ended === 'interrupted' ? 130 : judged(report, options.failOn);
  } finally {
    outputs.discard();
  }
}
