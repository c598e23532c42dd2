import { renderDoctorJson, renderDoctorTable } from '../../report/doctor-text.ts';
import { readRouteFacts } from '../../routes/route-facts.ts';
import type { Context } from '../context.ts';
import { openOutputs } from '../deliver.ts';
import { machineOf } from '../prepare.ts';
import { routeSettings } from '../route-settings.ts';
import { storeFacts } from '../store-door.ts';

/** Shows what this machine uses. Reads files and settings only; no packet leaves. */
export async function doctor({ io, options }: Context): Promise<number> {
  const routes = await readRouteFacts(await routeSettings(io, options, false));
  const machine = await machineOf(io, options, routes, []);
  machine.close();
  const environment = await machine.environment;
  const store = await storeFacts(io, options.store);
  const facts = { environment, store, clock: new Date(io.clock.wall()).toISOString() };
  const outputs = await openOutputs(io, options);
  const written = await outputs.deliver((format, view) =>
    format === 'json' ? renderDoctorJson(facts) : renderDoctorTable(facts, view),
  );
  return written ? 0 : 2;
}
