import { entryOf } from '../entry.ts';
import { harmless } from '../harmless.ts';
import type { CauseId } from '../model/causes.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import { stageNames } from './answer.ts';

type Labels = Readonly<Record<string, string | number>>;
type Sample = readonly [Labels, number];

const labelValue = (text: string): string =>
  harmless(text, 2000).replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"');

function line(name: string, [labels, value]: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${labelValue(String(text))}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
}

/** A gauge with its samples; a series that is there already (of a report that names a target twice) is left out. */
function gauge(name: string, help: string, samples: readonly Sample[]): string {
  const lines = new Map(samples.map((sample) => [JSON.stringify(sample[0]), line(name, sample)]));
  return lines.size === 0 ? '' : `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${[...lines.values()].join('')}`;
}

const seconds = (ms: number): number => Math.round(ms * 10) / 10_000;

const labelsOf = ({ feature, id, host, port, importance, route }: ReportTarget): Labels => ({
  ...{ feature, target: id, host, port, importance, route },
});

const verdicts: readonly Verdict[] = ['reachable', 'degraded', 'unreachable', 'untested'];

function runGauges({
  tool,
  startedAt,
  durationMs,
  complete,
  status,
  summary,
  rootCauses,
  checks,
}: Report): readonly string[] {
  const started = Date.parse(startedAt);
  const roots = new Map<string, { labels: Labels; targets: number }>();
  for (const { cause, severity, confidence, targets } of rootCauses) {
    const key = JSON.stringify([cause, severity, confidence]);
    const row = roots.get(key) ?? { labels: { cause, severity, confidence }, targets: 0 };
    row.targets += targets.length;
    roots.set(key, row);
  }
  const raised: readonly Sample[] = (status?.raised ?? []).map(({ messageId, feature }) => [
    { feature, message_id: messageId },
    1,
  ]);
  return [
    gauge('wayclear_info', 'The version that measured.', [[{ version: tool.version }, 1]]),
    gauge(
      'wayclear_run_timestamp_seconds',
      'When the run started.',
      Number.isNaN(started) ? [] : [[{}, started / 1000]],
    ),
    gauge('wayclear_run_duration_seconds', 'How long the run took.', [[{}, seconds(durationMs)]]),
    gauge('wayclear_run_complete', 'Whether everything testable was tested.', [[{}, complete ? 1 : 0]]),
    gauge(
      'wayclear_targets',
      'Targets of the run by verdict.',
      verdicts.map((verdict): Sample => [{ verdict }, summary[verdict]]),
    ),
    gauge(
      'wayclear_targets_untested',
      'Untested targets by reason.',
      Object.entries(summary.untestedBecause).map(([reason, count]): Sample => [{ reason }, count]),
    ),
    gauge(
      'wayclear_status_message',
      'Status message of the service connection point role.',
      status === null
        ? []
        : [[{ message_id: status.messageId, severity: status.severity, component: status.component }, 1]],
    ),
    gauge('wayclear_status_message_raised', 'Features whose required endpoints cannot be reached.', raised),
    gauge(
      'wayclear_root_cause_targets',
      'Root causes, with the number of targets that each hits.',
      [...roots.values()].map(({ labels, targets }): Sample => [labels, targets]),
    ),
    gauge(
      'wayclear_check',
      'Checks of the machine: 1 for the verdict that holds.',
      checks.map(({ id, verdict, cause }): Sample => [{ check: id, verdict, cause: cause ?? '' }, 1]),
    ),
  ];
}

function targetGauges({ targets, observations }: Report): readonly string[] {
  const tested = targets.filter(({ verdict }) => verdict !== 'untested');
  const causeOf = ({ findings }: ReportTarget): CauseId | '' => findings[0]?.explainedBy ?? findings[0]?.cause ?? '';
  return [
    gauge(
      'wayclear_target_usable',
      'Whether a tested target can be used: 1 also where it works and something will hurt.',
      tested.map((target): Sample => [labelsOf(target), target.verdict === 'unreachable' ? 0 : 1]),
    ),
    gauge(
      'wayclear_target_degraded',
      'Whether something will hurt at a tested target, with its first cause.',
      tested
        .filter(({ verdict }) => verdict === 'degraded')
        .map((target): Sample => [{ ...labelsOf(target), cause: causeOf(target) }, 1]),
    ),
    gauge(
      'wayclear_target_unreachable',
      'Targets that cannot be used, with their first cause.',
      tested
        .filter(({ verdict }) => verdict === 'unreachable')
        .map((target): Sample => [{ ...labelsOf(target), cause: causeOf(target) }, 1]),
    ),
    gauge(
      'wayclear_target_duration_seconds',
      'How long a target took.',
      tested.map((target): Sample => [labelsOf(target), seconds(target.durationMs)]),
    ),
    gauge(
      'wayclear_stage_duration_seconds',
      'How long the stages of the deciding attempt took.',
      tested.flatMap((target) =>
        stageNames.flatMap((stage): readonly Sample[] => {
          const result = target.stages[stage];
          return result.status === 'skipped'
            ? []
            : [[{ feature: target.feature, target: target.id, stage, status: result.status }, seconds(result.ms)]];
        }),
      ),
    ),
    gauge(
      'wayclear_certificate_expiry_timestamp_seconds',
      'When the certificate that a host sent ends.',
      certificateEnds(observations),
    ),
  ];
}

/** The first certificate that each host and port sent. */
function certificateEnds({ probes, chains, certificates }: Report['observations']): readonly Sample[] {
  return probes.flatMap(({ host, port, attempts }) =>
    attempts.flatMap(({ tls }): readonly Sample[] => {
      if (tls.status !== 'passed') return [];
      const ends = Date.parse(
        entryOf(certificates, entryOf(chains, tls.value.chain)?.certificates[0] ?? '')?.notAfter ?? '',
      );
      return Number.isNaN(ends) ? [] : [[{ host, port }, ends / 1000]];
    }),
  );
}

/** The text format of Prometheus, as node_exporter's textfile collector reads it. Names and help are for programs: in English always. */
export const renderPrometheus = (report: Report): string => [...runGauges(report), ...targetGauges(report)].join('');
