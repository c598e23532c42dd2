/** Judges one target: its own URL, the hops that it needs, and what will hurt. */
import type { CauseId } from '../../model/causes.ts';
import type { Observation } from '../../model/observations.ts';
import type { Target, UntestedReason } from '../../model/plan.ts';
import { fact } from '../evidence.ts';
import { type Problem, problem } from '../problem.ts';
import { inspectedBehindClock } from '../rules/certificate.ts';
import { brokenPacProblems, passedOverProblems, proxyRequired } from '../rules/proxy-route.ts';
import { notBypassed, unreadableSetting } from '../rules/proxy-setting.ts';
import { revocationProblems } from '../rules/revocation.ts';
import { layOver } from '../rules/run-wide.ts';
import type { RunContext } from './context.ts';

/** A problem of a target, and the cause of the same target that explains it away. */
export interface ExplainedProblem {
  readonly problem: Problem;
  readonly explainedBy: CauseId | null;
}

export interface TargetJudgement {
  readonly target: Target;
  readonly untested: UntestedReason | null;
  readonly problems: readonly ExplainedProblem[];
}

const downloads: ReadonlySet<CauseId> = new Set(['http.range-blocked', 'http.content-blocked', 'http.truncated']);

/** What else may have sent a redirect in clear text that nothing asks about any more. */
function sendersOf({ survey }: RunContext, { scheme, route }: Target): readonly CauseId[] {
  if (scheme !== 'http' || survey.observations.ended === null) return [];
  return route.kind === 'proxy' ? ['proxy.denied', 'http.captive-portal'] : ['http.captive-portal', 'http.block-page'];
}

/** What a redirect leads to and can't be used: the first hop that fails. A hop that was not measured costs nothing. */
function blockedHop(context: RunContext, target: Target, hops: readonly Observation[]): readonly ExplainedProblem[] {
  for (const hop of hops) {
    const judged = context.judge(target, hop);
    if (judged.kind !== 'failed') continue;
    const [inner] = layOver(context.wide, hop, judged.problems);
    if (inner === undefined) continue;
    const evidence = [fact('http.hop', { host: target.host, hop: hop.host, cause: inner.cause }), ...inner.evidence];
    // What becomes of a download is decided where the redirects end.
    if (downloads.has(inner.cause)) return [{ problem: inner, explainedBy: null }];
    const others = sendersOf(context, target);
    const open = inner.confidence === 'high' ? [] : [inner.cause, ...inner.alternatives];
    const blocked = problem('http.redirect-blocked', 'http', evidence, {
      confidence: others.length === 0 ? inner.confidence : 'medium',
      signature: `${hop.host} ${inner.cause}`,
      shared: ['host', hop.host],
      alternatives: [...new Set([...open, ...others])].filter((cause) => cause !== 'http.redirect-blocked'),
      dependsOn: [{ host: hop.host, port: hop.port }],
      ...(inner.steadiness === undefined ? {} : { steadiness: inner.steadiness }),
    });
    // The name was led astray for both: who sent the redirect wasn't the origin.
    if (hop.host === target.host && inner.cause.startsWith('dns.')) return chained([inner, blocked]);
    return [{ problem: blocked, explainedBy: null }];
  }
  return [];
}

/** Root first, then its symptoms. */
function chained(problems: readonly Problem[]): readonly ExplainedProblem[] {
  const [root] = problems;
  return problems.map((item, position) => ({
    problem: item,
    explainedBy: position === 0 || root === undefined ? null : root.cause,
  }));
}

/** Judges one target from its observations: its own URL first, then the hops that it needs, then what will hurt. */
export function judgeTarget(context: RunContext, target: Target): TargetJudgement {
  const { survey, wide } = context;
  if (target.untested !== null) return { target, untested: target.untested, problems: [] };
  const probes = survey.probes.get(target.id) ?? [];
  const first = probes.find(({ hop }) => hop === 0);
  if (first === undefined) {
    const { plan, ended } = survey.observations;
    return { target, untested: { code: plan.offline ? 'offline' : (ended ?? 'deadline') }, problems: [] };
  }
  const judged = context.judge(target, first);
  if (judged.kind === 'untested') return { target, untested: judged.reason, problems: chained(judged.problems) };
  // A wrong clock explains the dates of certificates, and not whose they are.
  const byClock = judged.problems.some((each) => each.byClock);
  const opened = byClock ? inspectedBehindClock(survey, target, first).flatMap((side) => chained([side])) : [];
  const settings = brokenPacProblems(survey.observations, target).flatMap((setting) => chained([setting]));
  if (judged.kind === 'failed') {
    const failed = layOver(wide, first, judged.problems);
    const mistake =
      proxyRequired(survey, target, first) ??
      notBypassed(survey, target, failed) ??
      unreadableSetting(survey, target, failed);
    const problems = chained(mistake === null ? failed : [mistake, ...failed]);
    return { target, untested: null, problems: [...problems, ...opened, ...settings] };
  }
  const hurts = judged.problems.flatMap((hurt) => chained(layOver(wide, first, [hurt])));
  const { tls } = judged.attempt;
  const stapled = tls.status === 'passed' && tls.value.ocsp !== null;
  const revocation = judged.trust === null ? [] : revocationProblems(survey, target, judged.trust, stapled);
  const beside = passedOverProblems(first).flatMap((side) => chained([side]));
  const hops = probes.filter(({ hop }) => hop > 0);
  return {
    target,
    untested: null,
    problems: [
      ...blockedHop(context, target, hops),
      ...hurts,
      ...opened,
      ...chained(layOver(wide, first, revocation)),
      ...beside,
      ...settings,
    ],
  };
}
