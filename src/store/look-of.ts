/** What is kept of a report besides the report itself. Pure. */
import { createHash } from 'node:crypto';
import type { Verdict } from '../model/diagnosis.ts';
import type { Report, ReportStage, ReportTarget } from '../model/report.ts';
import type { Look, LookCause, LookKind, StageMs, TargetState } from './store.ts';

const ms = (stage: ReportStage): number | null => (stage.status === 'passed' ? Math.round(stage.ms) : null);

function stateOf({ id, feature, host, pattern, port, verdict, stages }: ReportTarget): TargetState {
  const { dns, tcp, tunnel, tls, http } = stages;
  const times: StageMs = [ms(dns), ms(tcp), ms(tunnel), ms(tls), ms(http)];
  return { target: id, feature, host: host === '' ? pattern : host, port, verdict, stages: times };
}

export const statesOf = ({ targets }: Pick<Report, 'targets'>): readonly TargetState[] => targets.map(stateOf);

export const causesOf = ({ rootCauses }: Pick<Report, 'rootCauses'>): readonly LookCause[] =>
  rootCauses.map(({ cause, shared, severity, confidence, targets }) => ({
    ...{ cause, severity, confidence, targets: targets.length },
    shared: shared === null ? null : { attribute: shared.attribute, value: shared.value },
  }));

const day = 86_400_000;
export const dayOf = (at: number): number => Math.floor(at / day);

/** `20261130T055300Z-1f2e3d4c`: sorted like the time, and another one for each look of a machine. */
function idOf(machine: string, seq: number, startedAt: string): string {
  const stamp = startedAt.replace(/[-:]|\.\d+/g, '');
  return `${stamp}-${createHash('sha256').update(`${machine}\n${seq}\n${startedAt}`).digest('hex').slice(0, 8)}`;
}

export function lookOf(report: Report, kind: LookKind, machine: string, seq: number): Look {
  const { summary, environment, options } = report;
  const count = (verdict: Verdict): number => summary[verdict];
  return {
    ...{ machine, seq, kind, id: idOf(machine, seq, report.startedAt), startedAt: Date.parse(report.startedAt) },
    ...{ durationMs: report.durationMs, complete: report.complete, messageId: report.status?.messageId ?? null },
    summary: {
      reachable: count('reachable'),
      degraded: count('degraded'),
      unreachable: count('unreachable'),
      untested: count('untested'),
    },
    version: report.tool.version,
    account: report.machine?.account ?? '',
    addresses: report.machine?.addresses ?? [],
    proxy: [...new Set(report.targets.map(({ route }) => route))].sort().join(', ') || String(options['proxy'] ?? ''),
    resolvers: environment.resolvers.map((resolver) => (typeof resolver === 'string' ? resolver : String(resolver))),
  };
}
