/** Each format by the rules of who reads it, for every report of the shared set, hostile text included. */
import { createRequire } from 'node:module';
import { parse as parseCsv } from 'csv-parse/sync';
import { marked } from 'marked';
import { Parser } from 'tap-parser';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { nagiosCodes, nagiosState } from '../../src/report/nagios.ts';
import { loadReporter, reporterNames } from '../../src/report/registry.ts';
import { type Language, languages } from '../../src/words/language.ts';
import { type Command, readAzureLine, readCmtrace, readGithubLine, readPluginOutput } from './format-readers.ts';
import { recorded, tenThousand } from './recorded.ts';

const names = Object.keys(recorded) as (keyof typeof recorded)[];
const reports: readonly (readonly [string, () => Report])[] = [
  ...names.map((name) => [name, () => recorded[name]()] as const),
  ['ten-thousand', () => tenThousand()],
];
const rendered = async (format: string, report: Report, lang: Language = 'en'): Promise<string> =>
  (await loadReporter(format))(report, { lang, width: 100, colour: false, verbose: false });
const count = (report: Report, ...verdicts: readonly string[]): number =>
  report.targets.filter(({ verdict }) => verdicts.includes(verdict)).length;

describe.each(reports)('of the report %s', { timeout: 240_000 }, (name, make) => {
  const lines = async (format: string): Promise<readonly string[]> =>
    (await rendered(format, make())).replace(/\n$/, '').split('\n');

  it('the runner of GitHub reads an annotation a root cause, and no other command', async () => {
    const all = await lines('github');
    const commands = all.map(readGithubLine);
    expect(commands.at(-1)).toBeNull();
    const { rootCauses, complete } = make();
    const kinds = commands.flatMap((command) => command?.name ?? []);
    expect(kinds).toHaveLength(rootCauses.length + (complete ? 0 : 1));
    expect(kinds.filter((kind) => !['error', 'warning', 'notice'].includes(kind))).toEqual([]);
    expect(kinds.filter((kind) => kind === 'error')).toHaveLength(
      rootCauses.filter(({ severity }) => severity === 'critical').length,
    );
    const read = commands.filter((command): command is Command => command !== null);
    for (const { properties } of read) expect(Object.keys(properties)).toEqual(['title']);
    for (const [index, { cause }] of rootCauses.entries()) {
      if (complete) expect(read[index]?.properties['title']).toContain(`(${cause})`);
    }
  });

  it('the agent of Azure Pipelines reads an issue a root cause, and no other command', async () => {
    const all = await lines('azure');
    const commands = all.map(readAzureLine).filter((command): command is Command => command !== null);
    const { rootCauses, complete } = make();
    const told = rootCauses.filter(({ severity }) => severity !== 'informational');
    expect(commands.map((command) => command.name)).toEqual(
      Array(told.length + (complete ? 0 : 1)).fill('task.logissue'),
    );
    expect(commands.map(({ properties }) => properties['code'])).toEqual([
      ...(complete ? [] : ['incomplete']),
      ...told.map(({ cause }) => cause),
    ]);
    for (const { properties } of commands) expect(Object.keys(properties).sort()).toEqual(['code', 'type']);
  });

  it('a reader of TAP counts every target once: what can be used, what cannot, what is skipped', async () => {
    const report = make();
    const [results] = await readTap(await rendered('tap', report));
    const failed = count(report, 'unreachable') + (report.complete ? 0 : 1);
    expect(results).toMatchObject({
      count: report.targets.length + 1,
      fail: failed,
      skip: count(report, 'untested'),
      bailout: false,
      ok: failed === 0,
    });
    expect(results.failures.filter((failure) => 'tapError' in failure && failure.tapError !== null)).toEqual([]);
  });

  it('a reader of CSV finds a row a target, and no formula', async () => {
    const report = make();
    const text = await rendered('csv', report);
    const rows: readonly Record<string, string>[] = parseCsv(text, { columns: true, record_delimiter: '\r\n' });
    expect(rows.map((row) => row['verdict'])).toEqual(report.targets.map(({ verdict }) => verdict));
    expect(rows.map((row) => row['port'])).toEqual(report.targets.map(({ port }) => String(port)));
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    if (name !== 'hostile') expect(rows.map((row) => row['host'])).toEqual(report.targets.map(({ host }) => host));
  });

  it('a reader of Markdown finds the headings and the table, and neither markup nor links of others', async () => {
    const report = make();
    const html = await marked.parse(await rendered('markdown', report));
    expect(html.match(/<h2/g) ?? []).toHaveLength(report.rootCauses.length);
    expect(html.match(/<table>/g)).toHaveLength(1);
    expect(html).not.toMatch(/<(?:script|a|img|b)\b/i);
    expect(html.replace(/<\/?(?:h1|h2|p|ul|li|strong|code|table|thead|tbody|tr|th|td)>/g, '')).not.toMatch(/<[a-z/!]/i);
  });

  it('Nagios reads the state, the numbers and lines of text', async () => {
    const report = make();
    const output = readPluginOutput(await rendered('nagios', report));
    expect(output.state).toBe(nagiosState(report));
    expect(output.performance).toMatchObject({
      reachable: count(report, 'reachable'),
      unreachable: count(report, 'unreachable'),
      untested: count(report, 'untested'),
      causes: report.rootCauses.length,
    });
    expect(nagiosCodes[nagiosState(report)]).toBe({ healthy: 0, incomplete: 3 }[name] ?? 2);
  });

  it('the summary is one line below 4,000 bytes that counts what it leaves out', async () => {
    const report = make();
    const text = await rendered('summary', report);
    expect(Buffer.byteLength(text)).toBeLessThan(4000);
    expect(text.indexOf('\n')).toBe(text.length - 1);
    const { rootCauses, omitted, raised, summary } = JSON.parse(text) as {
      readonly rootCauses: readonly { readonly cause: string; readonly targets: number; readonly hosts: string[] }[];
      readonly omitted: { readonly rootCauses: number; readonly hosts: number; readonly raised: number };
      readonly raised: readonly string[];
      readonly summary: object;
    };
    expect(rootCauses.length + omitted.rootCauses).toBe(report.rootCauses.length);
    expect(raised.length + omitted.raised).toBe(report.status?.raised.length ?? 0);
    expect(report.summary).toMatchObject(summary);
    const byId = new Map(report.targets.map(({ id, host, pattern }) => [id, host === '' ? pattern : host]));
    const hosts = report.rootCauses.map(({ targets }) => new Set(targets.map((id) => byId.get(id))).size);
    const shown = rootCauses.reduce((sum, root) => sum + root.hosts.length, 0);
    expect(shown + omitted.hosts).toBe(hosts.reduce((sum, size) => sum + size, 0));
  });

  it('the log viewer of Configuration Manager reads each line, the last with the status message', async () => {
    const report = make();
    const log = readCmtrace(await rendered('cmtrace', report));
    const { status, rootCauses } = report;
    const messages = log.map(({ message }) => message);
    if (status !== null) {
      const line = log.find(({ message }) => message.includes(`${status.messageId} (${status.severity})`));
      expect(line?.type).toBe({ informational: 1, warning: 2, error: 3 }[status.severity]);
      expect(messages.filter((message) => message.includes('11488'))).toHaveLength(status.raised.length);
    }
    for (const { cause } of rootCauses) expect(messages.some((message) => message.includes(cause))).toBe(true);
    expect(log.filter(({ type }) => type === 3).length > 0).toBe(status?.messageId === 11412);
    const times = log.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    expect(new Set(log.map(({ component }) => component))).toEqual(
      new Set(['SMS_SERVICE_CONNECTOR_EndpointConnectivityCheckWorker']),
    );
  });

  it('Prometheus finds no series twice', async () => {
    const series = (await lines('prometheus'))
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.replace(/ \S+$/, ''));
    expect(new Set(series).size).toBe(series.length);
    const metrics = new Set(series.map((line) => line.replace(/\{.*$/s, '')));
    for (const metric of metrics) expect(metric).toMatch(/^wayclear_[a-z_]+$/);
  });

  it('the schema of SARIF 2.1.0 holds, with a rule a cause and a result a target that it hits', async () => {
    const report = make();
    const log: unknown = JSON.parse(await rendered('sarif', report));
    expect(sarifFaults(log)).toEqual([]);
    const [run] = (log as { readonly runs: readonly [SarifRun] }).runs;
    const ids = [...new Set(report.rootCauses.map(({ cause }) => cause))].sort();
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(ids);
    expect(run.results).toHaveLength(report.rootCauses.reduce((sum, { targets }) => sum + targets.length, 0));
    expect(run.results.filter(({ ruleId, ruleIndex }) => ids[ruleIndex] !== ruleId)).toEqual([]);
  });
});

interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly results: readonly { readonly ruleId: string; readonly ruleIndex: number }[];
}

/** The validator that the package's schema, one of draft 4, is made for. */
function sarifFaults(log: unknown): readonly unknown[] {
  const near = createRequire(createRequire(import.meta.url).resolve('@microsoft/jest-sarif/package.json'));
  const Ajv = near('ajv');
  const ajv = new Ajv({ schemaId: 'auto', format: 'full' });
  ajv.addMetaSchema(near('ajv/lib/refs/json-schema-draft-04.json'));
  ajv.validate(near('./lib/schemas/sarif-2.1.0-rtm.5.json'), log);
  return ajv.errors ?? [];
}

type TapResults = {
  readonly failures: readonly object[];
  readonly count: number;
  readonly fail: number;
  readonly skip: number;
  readonly ok: boolean;
};

function readTap(text: string): Promise<readonly [TapResults]> {
  return new Promise((resolve) => {
    const parser = new Parser({ strict: true }, (results) => resolve([results as unknown as TapResults]));
    parser.end(text);
  });
}

describe('a log of a build server', () => {
  it.each(reporterNames.filter((name) => name !== 'github' && name !== 'azure'))(
    'finds no command in the %s of a hostile report',
    async (format) => {
      for (const line of (await rendered(format, recorded.hostile())).split('\n'))
        expect([line.slice(0, 200), readGithubLine(line), readAzureLine(line)]).toEqual([
          line.slice(0, 200),
          null,
          null,
        ]);
    },
  );
});

describe('in every language', () => {
  it.each(languages)('%s: the status code that made a target fail is told with its documented reason', async (lang) => {
    const log = readCmtrace(await rendered('cmtrace', recorded['proxy-407'](lang), lang));
    const { statusCodes } = (await import('../../src/words/load.ts')).wordsOf(lang);
    const told = log.filter(({ message }) => message.includes(statusCodes[407].meaning));
    expect(told.length).toBe(16);
    for (const { message } of told) expect(message).toContain(statusCodes[407].indicates);
  });

  it.each(languages)('%s: the summary stays below its bound', { timeout: 240_000 }, async (lang) => {
    for (const make of [tenThousand, ...Object.values(recorded)])
      expect(Buffer.byteLength(await rendered('summary', make(lang), lang))).toBeLessThan(4000);
  });
});

describe('a cause of the machine without a target', () => {
  const report: Report = {
    ...recorded.healthy(),
    rootCauses: [
      {
        ...{
          cause: 'local.root-missing',
          severity: 'warning',
          confidence: 'high',
          title: 'A root is missing',
          targets: [],
        },
        ...{ shared: null, evidence: ['the store lacks it'], remedies: ['Add it.'], alternatives: [] },
      },
    ],
  };
  it.each(['junit', 'github', 'azure', 'sarif', 'tap', 'markdown', 'prometheus', 'nagios', 'summary', 'cmtrace'])(
    'is told by %s',
    async (format) => {
      expect(await rendered(format, report)).toContain('local.root-missing');
    },
  );

  it('fails a test where warnings fail the run, and only there', async () => {
    expect(await rendered('junit', report)).not.toContain('<failure');
    expect(await rendered('junit', { ...report, options: { 'fail-on': 'warning' } })).toContain('<failure');
  });
});
