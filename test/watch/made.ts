/** Small reports for the comparison: targets by name, each well or with a cause. */
import type { Severity } from '../../src/model/catalog.ts';
import { type CauseId, causes } from '../../src/model/causes.ts';
import type { Report, ReportTarget } from '../../src/model/report.ts';
import type { Look } from '../../src/watch/compare.ts';

export type State = 'ok' | 'untested' | CauseId;

const skipped = { status: 'skipped', because: 'not-applicable' } as const;
const stages = { dns: skipped, tcp: skipped, tunnel: skipped, tls: skipped, http: skipped };

export function targetOf(name: string, state: State): ReportTarget {
  const isCause = state !== 'ok' && state !== 'untested';
  return {
    ...{ id: `f/${name}`, feature: 'f', host: `${name}.example`, port: 443, url: null, pattern: `${name}.example` },
    ...{ importance: 'critical', route: 'direct', stages, attempts: [], durationMs: 1 },
    verdict: state === 'ok' ? 'reachable' : state === 'untested' ? 'untested' : 'unreachable',
    untested: state === 'untested' ? { reason: 'deadline', detail: '', hint: '' } : null,
    findings: isCause ? [{ cause: state, confidence: 'high', evidence: [], explainedBy: null }] : [],
  };
}

export interface Made {
  readonly severity?: Severity;
  /** What targets of a cause share; left out: nothing. */
  readonly shared?: string;
  readonly complete?: boolean;
  /** A cause of the machine, without targets. */
  readonly local?: CauseId;
  /** What was asked for: another watch of the machine. */
  readonly what?: string;
}

/** `{ a: 'ok', b: 'tcp.dropped' }` as a report. */
export function reportOf(
  states: Readonly<Record<string, State>>,
  more: Made = {},
  at = '2026-11-01T00:00:00.000Z',
): Report {
  const targets = Object.entries(states).map(([name, state]) => targetOf(name, state));
  const count = (verdict: ReportTarget['verdict']): number => targets.filter((one) => one.verdict === verdict).length;
  const found = [...new Set(Object.values(states))].filter((state): state is CauseId => state in causes);
  const rootCauses: Report['rootCauses'] = [...found, ...(more.local === undefined ? [] : [more.local])].map(
    (cause) => ({
      ...{ cause, severity: more.severity ?? 'critical', confidence: 'high', title: cause, alternatives: [] },
      targets: targets.filter(({ findings }) => findings[0]?.cause === cause).map(({ id }) => id),
      shared: more.shared === undefined ? null : { attribute: 'address', value: more.shared },
      ...{ evidence: [`evidence of ${cause}`], remedies: ['Ask.'] },
    }),
  );
  return {
    ...{ schema: 1, tool: { name: 'wayclear', version: '0.0.0' }, startedAt: at, durationMs: 1 },
    options: more.what === undefined ? {} : { what: [more.what] },
    ...{ machine: null, complete: more.complete ?? true, status: null, rootCauses, checks: [], targets },
    summary: {
      ...{ reachable: count('reachable'), degraded: 0, unreachable: count('unreachable'), untested: count('untested') },
      untestedBecause: {},
    },
    environment: { routes: [], resolvers: ['192.0.2.53'], families: [] },
    observations: { plan: { targets: [] }, probes: [], chains: {}, certificates: {} },
  } as unknown as Report;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const start = Date.parse('2026-11-01T00:00:00Z');

export const lookOf = (at: number, states: Readonly<Record<string, State>>, more: Made = {}, full = true): Look => ({
  ...{ machine: null, name: 'M1', full, now: start + at },
  report: reportOf(states, more, new Date(start + at).toISOString()),
});
