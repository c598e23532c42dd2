import { entryOf } from '../entry.ts';
import type { OpenStream, Render } from './reporter.ts';

/** How a format is written: whole always, and as a stream where its records are of use before the run is over. */
interface Reporter {
  readonly render: () => Promise<Render>;
  readonly stream?: () => Promise<OpenStream>;
}

/** A new format is its file, a line here, and its golden files. Loaded when it is asked for. */
const reporters: Readonly<Record<string, Reporter>> = {
  table: { render: async () => (await import('./check-table.ts')).renderCheckTable },
  json: { render: async () => (await import('./json.ts')).renderJson },
  ndjson: {
    render: async () => (await import('./ndjson.ts')).renderNdjson,
    stream: async () => (await import('./ndjson.ts')).streamNdjson,
  },
  html: { render: async () => (await import('./html/page.ts')).renderHtml },
  'firewall-request': { render: async () => (await import('./firewall-request.ts')).renderFirewallRequest },
  junit: { render: async () => (await import('./junit.ts')).renderJunit },
  github: { render: async () => (await import('./github.ts')).renderGithub },
  azure: { render: async () => (await import('./azure.ts')).renderAzure },
  sarif: { render: async () => (await import('./sarif.ts')).renderSarif },
  tap: { render: async () => (await import('./tap.ts')).renderTap },
  markdown: { render: async () => (await import('./markdown.ts')).renderMarkdown },
  csv: { render: async () => (await import('./csv.ts')).renderCsv },
  prometheus: { render: async () => (await import('./prometheus.ts')).renderPrometheus },
  nagios: { render: async () => (await import('./nagios.ts')).renderNagios },
  summary: { render: async () => (await import('./summary.ts')).renderSummary },
  cmtrace: { render: async () => (await import('./cmtrace.ts')).renderCmtrace },
};

/** Names for `--format`, the default first. */
export const reporterNames: readonly string[] = Object.keys(reporters);

function reporterOf(name: string): Reporter {
  const reporter = entryOf(reporters, name);
  if (reporter === undefined) throw new TypeError(`no reporter is called ${name}`);
  return reporter;
}

/** The reporter of a name out of {@link reporterNames}. */
export async function loadReporter(name: string): Promise<Render> {
  return await reporterOf(name).render();
}

/** The same reporter for a run that goes on; null if its format can only be written whole. */
export async function loadStream(name: string): Promise<OpenStream | null> {
  return (await reporterOf(name).stream?.()) ?? null;
}
