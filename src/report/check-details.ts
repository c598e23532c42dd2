import { entryOf } from '../entry.ts';
import { harmless } from '../harmless.ts';
import type { StageName } from '../model/observations.ts';
import type { Report, ReportStage, ReportTarget } from '../model/report.ts';
import type { AnchorHit } from '../model/trust.ts';
import type { Paper } from './paper.ts';
import { routeReasons } from './route-text.ts';
import { paint } from './table.ts';
import { hang } from './wrap.ts';

/** Every target with its stages, addresses and times, then the chains that were captured: the verbose view's last part. */
export function detailLines(paper: Paper): readonly string[] {
  const { report, view, labels } = paper;
  return [
    paint('bold', labels.text.details, view),
    ...report.targets
      .filter((target) => target.untested === null)
      .flatMap((target) => ['', ...targetLines(paper, target)]),
    ...chainLines(paper),
    ...namedAddressLines(paper),
  ];
}

function targetLines({ report, view, labels }: Paper, target: ReportTarget): readonly string[] {
  const where = target.url ?? `${target.host}:${target.port}`;
  const title = `${where}  ${target.route}  ${labels.verdicts[target.verdict]}  ${labels.duration(target.durationMs)}  (${target.id})`;
  const stage = (name: StageName, result: ReportStage): string => `${labels.stages[name]} ${stageText(result, labels)}`;
  const dns = report.observations.probes.find((probe) => probe.target === target.id && probe.hop === 0)?.dns;
  const route = report.observations.plan.targets.find(({ id }) => id === target.id)?.route;
  const addresses =
    dns?.status === 'passed'
      ? ` (${dns.value.from}: ${dns.value.addresses.map(({ address }) => address).join(', ')})`
      : '';
  return [
    ...hang('', harmless(title, 2000), view.width),
    ...(route === undefined ? [] : routeReasons(route, target.host, view)).flatMap((text) =>
      hang('  ', harmless(text, 1000), view.width),
    ),
    ...hang('  ', harmless(`${stage('dns', target.stages.dns)}${addresses}`, 1000), view.width),
    ...target.attempts.flatMap((attempt) => {
      const steps = (['tcp', 'tunnel', 'tls', 'http'] as const)
        .filter((name) => attempt[name].status !== 'skipped' || skippedFor(attempt[name]) !== 'not-applicable')
        .map((name) => stage(name, attempt[name]));
      return hang('  ', harmless(`${attempt.address ?? target.route}: ${steps.join(', ')}`, 1000), view.width);
    }),
    ...target.findings.flatMap((finding) => {
      const by = finding.explainedBy === null ? '' : ` (${labels.text.explainedBy} ${finding.explainedBy})`;
      return [
        ...hang('  ', `${finding.cause}${by}`, view.width),
        ...finding.evidence.flatMap((text) => hang('    - ', harmless(text, 1000), view.width)),
      ];
    }),
  ];
}

/** What was asked because certificates name it, and what came of it. */
function namedAddressLines({ report, view, labels }: Paper): readonly string[] {
  const { revocation } = report.observations;
  if (revocation.length === 0) return [];
  const lines = revocation.flatMap(({ kind, url, problem, statuses, observation }) => {
    const answered = observation.attempts.some(({ http }) => http.status === 'passed');
    const ends = [...new Set(statuses.map(({ status }) => status)), ...(problem === null ? [] : [problem])];
    const state = labels.stageStates[answered ? 'passed' : 'failed'];
    return hang('  ', harmless([kind, url, state, ...ends].join('  '), 1000), view.width);
  });
  return ['', paint('bold', labels.text.certificateAddresses, view), ...lines];
}

function skippedFor(stage: ReportStage): string {
  return stage.status === 'skipped' ? stage.because : '';
}

function stageText(stage: ReportStage, labels: Paper['labels']): string {
  const state = labels.stageStates[stage.status];
  if (stage.status === 'skipped') return `${state} (${stage.because})`;
  return `${state} ${labels.duration(stage.ms)}${stage.status === 'failed' ? ` (${stage.failure})` : ''}`;
}

function chainLines({ report, view, labels }: Paper): readonly string[] {
  const { chains, certificates } = report.observations;
  const ids = Object.keys(chains).sort();
  if (ids.length === 0) return [];
  const hosts = hostsByChain(report);
  const lines = ids.flatMap((id) => {
    const chain = chains[id];
    if (chain === undefined) return [];
    const sent = chain.certificates.map((print) => entryOf(certificates, print)?.subject ?? print);
    const ends =
      chain.anchors.length === 0
        ? [labels.unanchored]
        : chain.anchors.map((anchor) =>
            labels.anchored(harmless(anchor.subject), stores(anchor), harmless(anchor.notAfter.slice(0, 10))),
          );
    return [
      '',
      ...hang('', harmless((hosts.get(id) ?? []).join(', '), 1000), view.width),
      ...sent.flatMap((subject) => hang('  ', harmless(subject), view.width)),
      ...ends.flatMap((text) => hang('  → ', text, view.width)),
    ];
  });
  return ['', paint('bold', labels.text.chains, view), ...lines];
}

function stores(anchor: AnchorHit): string {
  return anchor.stores.join(', ');
}

function hostsByChain(report: Report): ReadonlyMap<string, readonly string[]> {
  const hosts = new Map<string, string[]>();
  for (const probe of report.observations.probes) {
    for (const attempt of probe.attempts) {
      if (attempt.tls.status !== 'passed') continue;
      const { chain } = attempt.tls.value;
      const senders = hosts.get(chain) ?? [];
      hosts.set(chain, senders.includes(probe.host) ? senders : [...senders, probe.host]);
    }
  }
  return hosts;
}
