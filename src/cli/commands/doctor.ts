import { renderDoctorJson, renderDoctorTable } from '../../report/doctor-text.ts';
import { routeInputs, usualRoutes } from '../../routes/plan-routes.ts';
import { sourceFacts } from '../../routes/source-facts.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { machineOf } from '../prepare.ts';

/** Shows what this machine uses. Reads files and settings only; no packet leaves. */
export async function doctor({ io, options }: Context): Promise<number> {
  const inputs = await routeInputs(io, options.proxy);
  const sources = sourceFacts(inputs);
  const machine = await machineOf(io, options, { all: usualRoutes(inputs), sources, pacFiles: () => [] }, []);
  machine.close();
  const { environment } = machine;
  const facts = { environment, clock: new Date(io.clock.wall()).toISOString() };
  const outputs = openOutputs(io, options);
  const written = await outputs.deliver((format, view) =>
    format === 'json' ? renderDoctorJson(facts) : renderDoctorTable(facts, view),
  );
  return written ? 0 : 2;
}
