import type { Report } from '../model/report.ts';
import type { View } from './view.ts';

/** A reporter: a pure function. It gets all it needs and asks neither terminal nor clock. */
export type Render = (report: Report, view: View) => string;

/** A new format is its file, a line here, and its golden files. Loaded when it is asked for. */
const reporters: Readonly<Record<string, () => Promise<Render>>> = {
  table: async () => (await import('./check-table.ts')).renderCheckTable,
  json: async () => (await import('./json.ts')).renderJson,
  ndjson: async () => (await import('./ndjson.ts')).renderNdjson,
  'firewall-request': async () => (await import('./firewall-request.ts')).renderFirewallRequest,
};

/** Names for `--format`, the default first. */
export const reporterNames: readonly string[] = Object.keys(reporters);

/** The reporter of a name out of {@link reporterNames}. */
export async function loadReporter(name: string): Promise<Render> {
  const load = Object.hasOwn(reporters, name) ? reporters[name] : undefined;
  if (load === undefined) throw new TypeError(`no reporter is called ${name}`);
  return await load();
}
