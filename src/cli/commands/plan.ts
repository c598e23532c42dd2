import { renderPlanJson, renderPlanTable } from '../../report/plan-text.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { planOf } from '../prepare.ts';

/** Shows the exact probes of a run without sending one. */
export async function plan({ io, options }: Context): Promise<number> {
  const routed = await planOf(io, options, false);
  await routed.close();
  const { plan: planned, facts, unresolved } = routed;
  const routes = { sources: facts.proxySources ?? [], files: facts.pacFiles ?? [], unresolved };
  const outputs = await openOutputs(io, options);
  const written = await outputs.deliver((format, view) =>
    format === 'json' ? renderPlanJson(planned, routes) : renderPlanTable(planned, routes, view),
  );
  return written ? 0 : 2;
}
