import { compareDemo, startDemo } from '../../demo/demo.ts';
import { makePlan } from '../../plan/plan.ts';
import { routeDirectly } from '../../routes/plan-routes.ts';
import { labelsOf } from '../../words/load.ts';
import { tellSummary } from '../conclude.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { measure } from '../measure.ts';
import type { Options } from '../options.ts';
import { deliverReport } from '../reports.ts';

const deadlineMs = 10_000;

/**
 * Starts healthy and broken servers on this machine, checks them with the real prober and shows the
 * report. 0 if every fault was found as it was built in, 1 if not.
 */
export async function demo({ io, options }: Context): Promise<number> {
  const outputs = await openOutputs(io, options);
  const lab = await startDemo();
  try {
    const settings: Options = { ...options, dnsServers: [lab.dnsServer], timeoutMs: lab.timeoutMs, deadlineMs };
    const plan = makePlan({ features: [lab.feature] }, { what: [lab.feature.feature] }, settings);
    const parts = await measure(io, settings, routeDirectly(plan));
    if (!(await deliverReport(outputs, parts))) return 2;
    tellSummary(io, options, parts);
    const rows = compareDemo(parts.diagnosis);
    const right = rows.filter((row) => row.right).length;
    if (!options.quiet) io.stderr.write(`${labelsOf(options.lang).demo(right, rows.length)}\n`);
    return right === rows.length ? 0 : 1;
  } finally {
    outputs.discard();
    await lab.close();
  }
}
