import { groupedBy } from '../grouped.ts';
import { harmless } from '../harmless.ts';
import type { Diagnosis, RootCause, RootFacts, TargetDiagnosis } from '../model/diagnosis.ts';
import type { Attempt, Environment, Observation, Observations, StageName, StageResult } from '../model/observations.ts';
import type { Route, Target, UntestedReason } from '../model/plan.ts';
import type { Machine, Report, ReportStage, ReportTarget } from '../model/report.ts';
import { hostAndPort } from '../text-bounds.ts';
import { sentence, untestedWords, type Words } from '../words/contract.ts';
import { type FindingsOf, rootFacts, rootSentences } from './deciding.ts';
import type { MeasuredTarget, ReportStart, StreamedReport } from './reporter.ts';

export interface ReportParts {
  readonly observations: Observations;
  readonly diagnosis: Diagnosis;
  readonly words: Words;
  /** As used, without secrets. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly version: string;
  /** Left out: null, as where it is to stay unnamed. */
  readonly machine?: Machine | null;
  /** What a person says of the machine; left out: nothing. */
  readonly labels?: Readonly<Record<string, string>>;
}

const attemptStages = ['tcp', 'tunnel', 'tls', 'http'] as const;
const stages: readonly StageName[] = ['dns', ...attemptStages];

/**
 * The report of contract section 3: codes become sentences, each target gets the stages of the attempt
 * that decided it. Pure: the same parts give the same report, in the plan's order and with the keys in
 * one order.
 */
export function assembleReport(parts: ReportParts): Report {
  return { ...reportHead(parts), targets: [...reportTargets(parts)], observations: parts.observations };
}

/** The same for a reporter that streams: the targets are never held together. */
export function streamedReport(parts: ReportParts): StreamedReport {
  return { ...reportHead(parts), targets: reportTargets(parts), observations: parts.observations };
}

/** What is known of a report before anything was measured. */
export function reportStart(
  { startedAt, environment }: Pick<Observations, 'startedAt' | 'environment'>,
  { options, version, machine = null, labels = {} }: Pick<ReportParts, 'options' | 'version' | 'machine' | 'labels'>,
): ReportStart {
  const tool = { name: 'wayclear', version } as const;
  const said = Object.keys(labels).length === 0 ? {} : { labels };
  return { schema: 1, tool, startedAt, environment: environmentOf(environment), options, machine, ...said };
}

/** The report but for its targets and observations. */
export function reportHead(parts: ReportParts): Omit<Report, 'targets' | 'observations'> {
  const { observations, diagnosis, words } = parts;
  const { schema, tool, startedAt, environment, options, machine = null, labels } = reportStart(observations, parts);
  const findings = findingsIn(parts);
  return {
    schema,
    tool,
    startedAt,
    durationMs: whole(observations.durationMs),
    environment,
    options,
    machine,
    ...(labels === undefined ? {} : { labels }),
    complete: diagnosis.complete,
    status: diagnosis.status,
    summary: diagnosis.summary,
    rootCauses: diagnosis.rootCauses.map((root) => rootOf(root, findings, words)),
    checks: diagnosis.checks.map((check) => ({
      id: check.id,
      verdict: check.verdict,
      cause: check.cause,
      detail: harmless(sentence(words, check.detail), 1000),
    })),
    ...(diagnosis.wildcards === undefined ? {} : { wildcards: diagnosis.wildcards }),
  };
}

function rootOf(root: RootCause, findings: FindingsOf, words: Words): Report['rootCauses'][number] {
  const { title, remedies, deciding } = rootSentences(words, root.cause, rootFacts(root, findings));
  return {
    cause: root.cause,
    severity: root.severity,
    confidence: root.confidence,
    title,
    targets: root.targets,
    shared: root.shared === null ? null : { attribute: root.shared.attribute, value: harmless(root.shared.value) },
    evidence: root.evidence.map((fact) => harmless(sentence(words, fact), 1000)),
    deciding,
    remedies,
    alternatives: root.alternatives,
  };
}

function findingsIn({ observations, diagnosis }: Pick<ReportParts, 'observations' | 'diagnosis'>): FindingsOf {
  const hosts = new Map(observations.plan.targets.map(({ id, host, pattern }) => [id, host === '' ? pattern : host]));
  const judged = new Map(diagnosis.targets.map(({ id, findings }) => [id, findings]));
  return (id) => {
    const host = hosts.get(id);
    return host === undefined ? null : { host, findings: judged.get(id) ?? [] };
  };
}

/** What the sentences of each root cause are made of, in the report's order. */
export function factsOfRoots(parts: Pick<ReportParts, 'observations' | 'diagnosis'>): readonly RootFacts[] {
  const findings = findingsIn(parts);
  return parts.diagnosis.rootCauses.map((root) => rootFacts(root, findings));
}

/** The targets of the report in the order of the plan, each made when it is asked for. */
export function* reportTargets({ observations, diagnosis, words }: ReportParts): Iterable<ReportTarget> {
  const byTarget = groupedBy(observations.probes, ({ target }) => target);
  const judged = new Map(diagnosis.targets.map((target) => [target.id, target]));
  // A plan from elsewhere that has a target twice has one row of it, as it is judged and counted once.
  const targets = new Map(observations.plan.targets.map((target) => [target.id, target]));
  for (const target of targets.values()) {
    yield targetOf(target, judged.get(target.id), byTarget.get(target.id) ?? [], words);
  }
}

/** The fields that contract section 3 names, in its order, and what else was observed. */
function environmentOf(environment: Environment): Environment {
  return {
    runtime: environment.runtime,
    platform: environment.platform,
    routes: environment.routes,
    ...(environment.proxySources === undefined ? {} : { proxySources: environment.proxySources }),
    ...(environment.pacFiles === undefined ? {} : { pacFiles: environment.pacFiles }),
    resolvers: environment.resolvers,
    trustStores: environment.trustStores,
    families: environment.families,
    rootAutoUpdate: environment.rootAutoUpdate,
    roots: environment.roots,
  };
}

function targetOf(
  target: Target,
  judged: TargetDiagnosis | undefined,
  hops: readonly Observation[],
  words: Words,
): ReportTarget {
  const untested = judged?.untested ?? target.untested;
  const verdict = judged?.verdict ?? 'untested';
  const { stages, attempts, durationMs, ...identity } = measuredTarget(target, hops, untested);
  return {
    ...identity,
    verdict,
    untested: verdict === 'untested' && untested !== null ? untestedOf(words, untested) : null,
    findings: (judged?.findings ?? []).map((finding) => ({
      cause: finding.cause,
      confidence: finding.confidence,
      evidence: finding.evidence.map((fact) => harmless(sentence(words, fact), 1000)),
      explainedBy: finding.explainedBy,
      ...(finding.steadiness === undefined ? {} : { steadiness: finding.steadiness }),
    })),
    stages,
    attempts,
    durationMs,
  };
}

function untestedOf(words: Words, untested: UntestedReason): ReportTarget['untested'] {
  const { reason, remedy } = untestedWords(words, untested);
  return { reason: untested.code, detail: reason, hint: remedy };
}

/** What was measured of a target, without a judgement: that takes the whole run. */
export function measuredTarget(
  target: Target,
  hops: readonly Observation[],
  untested: UntestedReason | null = null,
): MeasuredTarget {
  const first = hops.find((observation) => observation.hop === 0);
  return {
    id: target.id,
    feature: target.feature,
    host: target.host,
    port: target.port,
    url: target.url,
    pattern: target.pattern,
    importance: target.importance,
    route: routeText(first?.route ?? target.route),
    stages: first === undefined ? skippedStages(untested) : stagesOf(first),
    attempts: (first?.attempts ?? []).map((attempt) => ({
      address: attempt.address,
      family: attempt.family,
      tcp: stageOf(attempt.tcp),
      tunnel: stageOf(attempt.tunnel),
      tls: stageOf(attempt.tls),
      http: stageOf(attempt.http),
    })),
    durationMs: durationOf(hops),
  };
}

/** `direct` or `proxy:HOST:PORT`, an IPv6 address in brackets. */
export function routeText(route: Route): string {
  if (route.kind === 'direct') return 'direct';
  return `proxy:${hostAndPort(route.host, route.port)}`;
}

function stagesOf(observation: Observation): ReportTarget['stages'] {
  const attempt = deciding(observation.attempts);
  if (attempt === null) {
    const because = observation.dns.status === 'failed' ? 'dns' : 'not-applicable';
    const none: ReportStage = { status: 'skipped', because };
    return { dns: stageOf(observation.dns), tcp: none, tunnel: none, tls: none, http: none };
  }
  return {
    dns: stageOf(observation.dns),
    tcp: stageOf(attempt.tcp),
    tunnel: stageOf(attempt.tunnel),
    tls: stageOf(attempt.tls),
    http: stageOf(attempt.http),
  };
}

/** The first attempt that nothing failed in, else the first of those that came furthest. */
function deciding(attempts: readonly Attempt[]): Attempt | null {
  let best: Attempt | null = null;
  let most = -1;
  for (const attempt of attempts) {
    const reached = attemptStages.filter((stage) => attempt[stage].status === 'passed').length;
    const failed = attemptStages.some((stage) => attempt[stage].status === 'failed');
    const score = reached + (failed || reached === 0 ? 0 : attemptStages.length);
    if (score > most) {
      best = attempt;
      most = score;
    }
  }
  return best;
}

function stageOf(result: StageResult<unknown>): ReportStage {
  if (result.status === 'skipped') return { status: 'skipped', because: result.because };
  const times = { at: tenths(result.at), ms: tenths(result.ms) };
  return result.status === 'passed'
    ? { status: 'passed', ...times }
    : { status: 'failed', ...times, failure: result.failure.code };
}

function skippedStages(untested: UntestedReason | null): ReportTarget['stages'] {
  const stage: ReportStage = { status: 'skipped', because: untested?.code ?? 'not-applicable' };
  return Object.fromEntries(stages.map((name) => [name, stage])) as Record<StageName, ReportStage>;
}

/** From the start of the first stage to the end of the last, redirects included; 0 if nothing was measured. */
function durationOf(hops: readonly Observation[]): number {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  const add = (stage: StageResult<unknown>): void => {
    if (stage.status === 'skipped') return;
    from = Math.min(from, stage.at);
    to = Math.max(to, stage.at + stage.ms);
  };
  for (const { dns, attempts } of hops) {
    add(dns);
    for (const attempt of attempts) for (const stage of attemptStages) add(attempt[stage]);
  }
  return from <= to ? whole(to - from) : 0;
}

function whole(ms: number): number {
  return Math.round(ms);
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
