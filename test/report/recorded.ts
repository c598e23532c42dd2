/**
 * The reports that every format is shown with: runs of the recorded lab, and what is made of one where no run is like it.
 * Each is made when it is asked for, and once.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { Verdict } from '../../src/model/diagnosis.ts';
import type { Attempt, Observation, Observations, StageResult } from '../../src/model/observations.ts';
import type { Report } from '../../src/model/report.ts';
import { assembleReport } from '../../src/report/assemble.ts';
import type { Language } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';

const recording = join(import.meta.dirname, '..', 'golden', 'replay', 'lab.ndjson.br');
let lines: readonly string[] | null = null;

/** What a run of the lab's scenario observed. */
export function recordedObservations(scenario: string): Observations {
  lines ??= brotliDecompressSync(readFileSync(recording)).toString('utf8').trimEnd().split('\n');
  const line = lines.find((text) => text.startsWith(`{"scenario":"${scenario}",`));
  if (line === undefined) throw new Error(`no scenario ${scenario} was recorded`);
  return (JSON.parse(line) as { readonly observations: Observations }).observations;
}

function reportOf(observations: Observations, lang: Language = 'en'): Report {
  return assembleReport({
    observations,
    diagnosis: diagnose(observations),
    words: wordsOf(lang),
    options: { what: [], timeout: '10s', deadline: '2m' },
    version: '0.0.0',
    machine: {
      name: 'CMSERVER01',
      account: 'CORP\\CMSERVER01$',
      addresses: observations.environment.families.flatMap(({ addresses }) => addresses),
    },
  });
}

const dropped: StageResult<never> = {
  status: 'failed',
  at: 20,
  ms: 3000,
  failure: { code: 'tcp.timeout', raw: { name: 'TimeoutError', code: null, message: 'no answer' } },
  partial: null,
};

function droppedAttempt({ address, family }: Attempt): Attempt {
  const skipped = { status: 'skipped', because: 'tcp' } as const;
  return { address, family, tcp: dropped, tunnel: skipped, tls: skipped, http: skipped };
}

/** A firewall drops every second host of the default run. */
function halfBlockedObservations(): Observations {
  const healthy = recordedObservations('healthy-default-plan');
  const hosts = [...new Set(healthy.plan.targets.map(({ host }) => host))];
  const blocked = new Set(hosts.filter((_, index) => index % 2 === 1));
  const probes = healthy.probes.map((probe): Observation => {
    if (!blocked.has(probe.host)) return probe;
    return { ...probe, attempts: probe.attempts.map(droppedAttempt) };
  });
  return { ...healthy, probes };
}

/** The default run ended by its deadline after the first twenty probes. */
function incompleteObservations(): Observations {
  const healthy = recordedObservations('healthy-default-plan');
  return {
    ...healthy,
    ended: 'deadline',
    probes: healthy.probes.map(
      (probe, index): Observation => (index < 20 ? probe : { ...probe, dns: notReached, attempts: [] }),
    ),
  };
}

const notReached = { status: 'skipped', because: 'deadline' } as const;

/**
 * A report of so many targets: the rows of another again and again, under other names. Judging that many takes a good part
 * of a minute on a busy machine, and would give the same.
 */
function repeated(report: Report, count: number): Report {
  const { targets, rootCauses, observations } = report;
  const copies = Array.from({ length: Math.ceil(count / targets.length) }, (_, copy) => copy);
  const hostOf = (host: string, copy: number): string => (host === '' ? '' : `c${copy}.${host}`);
  const again = <T extends { readonly host: string }>(
    rows: readonly T[],
    rename: (row: T, copy: number) => Partial<T>,
  ) => copies.flatMap((copy) => rows.map((row) => ({ ...row, host: hostOf(row.host, copy), ...rename(row, copy) })));
  const rows = again(targets, ({ id }, copy) => ({ id: `${id}-${copy}` })).slice(0, count);
  const kept = new Set(rows.map(({ id }) => id));
  const verdicts = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  const because = (reason: string): number => rows.filter(({ untested }) => untested?.reason === reason).length;
  return {
    ...report,
    targets: rows,
    rootCauses: rootCauses.map((root) => ({
      ...root,
      targets: copies.flatMap((copy) => root.targets.map((id) => `${id}-${copy}`)).filter((id) => kept.has(id)),
    })),
    summary: {
      ...report.summary,
      reachable: verdicts('reachable'),
      degraded: verdicts('degraded'),
      unreachable: verdicts('unreachable'),
      untested: verdicts('untested'),
      untestedBecause: Object.fromEntries(
        Object.keys(report.summary.untestedBecause).map((reason) => [reason, because(reason)]),
      ) as Report['summary']['untestedBecause'],
    },
    observations: {
      ...observations,
      plan: {
        ...observations.plan,
        targets: again(observations.plan.targets, ({ id }, copy) => ({ id: `${id}-${copy}` })).slice(0, count),
      },
      probes: again(observations.probes, ({ target }, copy) => ({ target: `${target}-${copy}` })).filter(({ target }) =>
        kept.has(target),
      ),
    },
  };
}

/** What hostile certificates, proxies, catalogs and saved reports could put into a text, for any format. */
export const hostileText = [
  '\u001b[31mred\u001b[0m\u009b2J\u0000\u0008\u007f',
  '</script><script>alert(1)</script>&lt;<!--',
  ']]>]LOG]!><![LOG[forged]LOG]!>',
  '\r\n::error::forged\n##vso[task.complete result=Failed;]forged\nnot ok 7 - forged\n1..3\n# HELP forged\nforged 1\n',
  '::stop-commands::x%0A,title=a;b]c',
  '=HYPERLINK("http://evil.example/","x")\t@SUM(A1)',
  '| `code` **bold** [link](javascript:alert(1)) ![](http://evil.example/x.png) www.evil.example <b>',
  '{label="forged"} \\" \\\\ $(id) ;\'; UP=0;0;0',
  '\u202eevil\u2066\u2028\u2029\ufeff\u200b\ud800',
].join(' ');

const vocabulary = new Set(['importance', 'verdict', 'severity', 'confidence', 'component', 'reason', 'because']);
const codes = new Set([
  'cause',
  'explainedBy',
  'alternatives',
  'status',
  'schema',
  'startedAt',
  'ended',
  'observations',
]);

/** The same report with hostile text in every place where a text from outside or from a file stands. */
function withHostileText(value: unknown): unknown {
  if (typeof value === 'string') return `${hostileText}${value}`;
  if (Array.isArray(value)) return value.map(withHostileText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      vocabulary.has(key) || codes.has(key) ? part : withHostileText(part),
    ]),
  );
}

function hostileReport(lang: Language): Report {
  const report = reportOf(recordedObservations('tls-inspection-untrusted'), lang);
  const { environment, options, tool, ...texts } = report;
  const hostile = withHostileText(texts) as Report;
  const { status } = report;
  const raised = (status?.raised ?? []).map((row) => ({ ...row, feature: `${hostileText}${row.feature}` }));
  return {
    ...hostile,
    environment,
    options,
    tool,
    status: status === null ? null : { ...status, raised },
  };
}

const made = new Map<string, Report>();
const once =
  (name: string, make: (lang: Language) => Report) =>
  (lang: Language = 'en'): Report => {
    const key = `${name} ${lang}`;
    const report = made.get(key) ?? make(lang);
    made.set(key, report);
    return report;
  };
const ofRun = (name: string, observations: () => Observations) => once(name, (lang) => reportOf(observations(), lang));

/** By name; small enough to be shown whole. */
export const recorded = {
  healthy: ofRun('healthy', () => recordedObservations('healthy-default-plan')),
  inspection: ofRun('inspection', () => recordedObservations('tls-inspection-trusted-unsupported')),
  'proxy-407': ofRun('proxy-407', () => recordedObservations('proxy-auth-required')),
  'dns-dead': ofRun('dns-dead', () => recordedObservations('dns-no-resolver')),
  'half-blocked': ofRun('half-blocked', halfBlockedObservations),
  incomplete: ofRun('incomplete', incompleteObservations),
  hostile: once('hostile', hostileReport),
} as const satisfies Readonly<Record<string, (lang?: Language) => Report>>;

/** Ten thousand targets, half of them blocked. */
export const tenThousand = once('ten-thousand', (lang) => repeated(recorded['half-blocked'](lang), 10_000));
