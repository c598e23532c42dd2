/** Judges one URL over all addresses of its host. */
import { groupedBy } from '../../grouped.ts';
import type { CauseId } from '../../model/causes.ts';
import type { Fact } from '../../model/diagnosis.ts';
import type { Attempt, Observation } from '../../model/observations.ts';
import type { Target, UntestedReason } from '../../model/plan.ts';
import { at, fact } from '../evidence.ts';
import { type Problem, problem, undetermined } from '../problem.ts';
import { addressProblem, sentElsewhere } from '../rules/address.ts';
import { dnsProblem } from '../rules/dns.ts';
import { turnProblem } from '../rules/naming.ts';
import { undecidedProblem } from '../rules/proxy-route.ts';
import { type AttemptJudgement, notDone } from '../rules/stages.ts';
import { isAuthentic, type Trust } from '../survey/chain-trust.ts';
import { type Nowhere, nowhereOf } from '../survey/host-names.ts';
import { isMisplaced, type Survey } from '../survey/survey.ts';
import { judgeAttempt } from './attempt.ts';
import { failsAtTimes, placeProblems, serverProblem } from './shares.ts';

/** How one URL did, over all addresses of its host. */
export type ObservationJudgement =
  | { readonly kind: 'untested'; readonly reason: UntestedReason; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'passed';
      readonly problems: readonly Problem[];
      readonly trust: Trust | null;
      readonly attempt: Attempt;
    }
  /** The root first; the others are its symptoms. */
  | { readonly kind: 'failed'; readonly problems: readonly [Problem, ...Problem[]] };

type Failed = Extract<AttemptJudgement, { readonly kind: 'failed' }>;
type Passed = Extract<AttemptJudgement, { readonly kind: 'passed' }>;

const isFailed = (outcome: AttemptJudgement): outcome is Failed => outcome.kind === 'failed';
const isPassed = (outcome: AttemptJudgement): outcome is Passed => outcome.kind === 'passed';

const stages = ['dns', 'tcp', 'tunnel', 'tls', 'http'];

/** Each fact once. */
const unlike = (facts: readonly Fact[]): readonly Fact[] => [
  ...new Map(facts.map((item) => [JSON.stringify(item), item])).values(),
];

/** The problem that most addresses have; among equals the one that got furthest, then the first by cause. */
function prevailing(failed: readonly Failed[]): Problem {
  const [only, another] = failed;
  if (only !== undefined && another === undefined) return only.problem;
  const [first] = [...groupedBy(failed, ({ problem }) => `${problem.cause} ${problem.signature}`)]
    .sort(
      ([a, as], [b, bs]) =>
        bs.length - as.length ||
        stages.indexOf(bs[0]?.stage ?? '') - stages.indexOf(as[0]?.stage ?? '') ||
        (a < b ? -1 : 1),
    )
    .map(([, group]) => group);
  const chosen = (first ?? failed).map((outcome) => outcome.problem);
  const [head] = chosen as [Problem, ...Problem[]];
  const others = failed.filter((outcome) => !chosen.includes(outcome.problem));
  return {
    ...head,
    // Each address in one line, then what else is known of the first: of two families the rest is mostly the same.
    evidence: unlike([
      ...chosen.slice(0, 3).flatMap((chosenProblem) => chosenProblem.evidence.slice(0, 1)),
      ...others.slice(0, 3).flatMap((outcome) => outcome.problem.evidence.slice(0, 1)),
      ...head.evidence.slice(1),
    ]),
    shared: chosen.every(({ shared }) => shared?.value === head.shared?.value) ? head.shared : null,
    // What is proven of an address stays proven: how others fail is told, and casts no doubt on it.
    alternatives:
      head.confidence === 'high'
        ? head.alternatives
        : [...new Set([...head.alternatives, ...others.map((outcome) => outcome.problem.cause)])].filter(
            (cause) => cause !== head.cause,
          ),
  };
}

/** Hosts of which one family fails at every address, outside this machine, and the other works. */
interface FamilyFailure {
  readonly addresses: number;
  readonly hosts: number;
  /** No host is reached over this family. */
  readonly whole: boolean;
}

/** Null for a family that works for every host, or is not to be had. */
type BrokenFamilies = Readonly<Record<4 | 6, FamilyFailure | null>>;

const isOutside = ({ attempt }: Failed | Passed, family: 4 | 6): boolean =>
  attempt.family === family && attempt.address !== null && nowhereOf(attempt.address) !== 'loopback';

function familyFailure(survey: Survey, family: 4 | 6): FamilyFailure | null {
  if (!survey.hasFamily(family)) return null;
  const addresses = new Set<string>();
  const hosts = new Set<string>();
  let whole = true;
  for (const [id, probes] of survey.probes) {
    const target = survey.targets.get(id);
    if (target === undefined) continue;
    for (const probe of probes) {
      if (!probe.attempts.some((attempt) => attempt.family === family)) continue;
      const outcomes = probe.attempts.map((attempt) => judgeAttempt(survey, target, probe, attempt));
      const measured = outcomes.filter((outcome) => outcome.kind !== 'untested');
      const ofFamily = measured.filter((outcome) => isOutside(outcome, family));
      if (ofFamily.some(isPassed)) {
        whole = false;
        continue;
      }
      const other = measured.some((outcome) => isPassed(outcome) && outcome.attempt.family !== family);
      for (const { attempt } of ofFamily) addresses.add(attempt.address ?? '');
      if (ofFamily.length > 0 && other) hosts.add(probe.host);
    }
  }
  return hosts.size === 0 ? null : { addresses: addresses.size, hosts: hosts.size, whole };
}

export function brokenFamilies(survey: Survey): BrokenFamilies {
  // Without a host that was tried in both families there is nothing to compare, and nothing to judge for it.
  const both = ({ attempts }: Observation): boolean =>
    attempts.length > 1 && attempts.some(({ family }) => family === 4) && attempts.some(({ family }) => family === 6);
  if (![...survey.probes.values()].some((probes) => probes.some(both))) return { 4: null, 6: null };
  return { 4: familyFailure(survey, 4), 6: familyFailure(survey, 6) };
}

/** Outcomes that say something: not those of a family that this machine doesn't have, and not an unused loopback address. */
function relevant(survey: Survey, outcomes: readonly (Failed | Passed)[]): readonly (Failed | Passed)[] {
  if (outcomes.length < 2) return outcomes;
  // A client of a proxy takes the first address that the proxy can use.
  const worked = outcomes.filter(isPassed);
  if (worked.length > 0 && outcomes.some(({ attempt }) => attempt.proxy !== undefined)) return worked;
  const families = new Set(outcomes.map(({ attempt }) => attempt.family));
  if (families.size < 2) return outcomes;
  const local = outcomes.every(({ attempt }) => attempt.address !== null && nowhereOf(attempt.address) === 'loopback');
  const works = outcomes.filter(isPassed);
  if (local && works.length > 0) return works;
  const kept = outcomes.filter(
    ({ kind, attempt }) => kind === 'passed' || attempt.family === null || survey.hasFamily(attempt.family),
  );
  return kept.length > 0 ? kept : outcomes;
}

/** What an address says of itself, or a filter in its place: that is to be put right there, and nothing blocks it. */
const telling: ReadonlySet<CauseId> = new Set([
  'tls.expired',
  'tls.not-yet-valid',
  'tls.name-mismatch',
  'tls.self-signed',
  'tls.untrusted-issuer',
  'tls.missing-intermediate',
  'tls.revoked',
  'tls.inspection',
  'http.block-page',
]);

/** IPv6 fails for every host, and IPv4 works. */
function ipv6Broken(
  { addresses, hosts }: FamilyFailure,
  lines: readonly Fact[],
  effect: 'degraded' | 'unreachable',
): Problem {
  return problem('tcp.ipv6-broken', 'tcp', [fact('ipv6.all-fail', { addresses, hosts }), ...lines], {
    confidence: hosts > 1 ? 'high' : 'medium',
    effect,
    shared: ['address family', 'IPv6'],
    alternatives: hosts > 1 ? [] : ['tcp.partly-blocked'],
  });
}

/** Addresses that failed, each in a line. */
const linesOf = (observation: Observation, some: readonly Failed[]): readonly Fact[] =>
  some
    .slice(0, 4)
    .map(({ attempt, stage, problem: { cause } }) =>
      fact('address.failed', { ...at(observation, attempt), stage, failure: cause }),
    );

/** No address is of a family that leads anywhere from here: what no path to a single host explains. */
function familyProblem(
  survey: Survey,
  observation: Observation,
  failed: readonly Failed[],
  { 6: six }: BrokenFamilies,
): Problem | null {
  const [family, ...others] = new Set(failed.map(({ attempt }) => attempt.family));
  if (family === undefined || family === null || others.length > 0) return null;
  if (!failed.every((outcome) => outcome.stage === 'tcp' && isOutside(outcome, family))) return null;
  const machine = family === 4 ? 6 : 4;
  if (!survey.hasFamily(family) && survey.hasFamily(machine)) {
    return problem('tcp.no-route', 'tcp', [fact('family.only', { host: observation.host, family, machine })], {
      confidence: 'high',
      signature: `IPv${family}`,
      shared: ['address family', `IPv${family}`],
    });
  }
  return family === 6 && six?.whole === true ? ipv6Broken(six, linesOf(observation, failed), 'unreachable') : null;
}

/**
 * How sure it is that addresses fail always. A connection was tried several times by the system itself, unless another one of
 * the run got there; an answer is somebody's word; a session that was cut short was one, unless it was repeated. What nobody
 * knows of the parts isn't known of the whole: a busy moment looks like that too.
 */
function sureOfAddresses({ connected }: Survey, failed: readonly Failed[]): Problem['confidence'] {
  if (failed.every(({ problem: { cause } }) => cause === 'undetermined')) return 'low';
  const isSure = ({ attempt, stage, problem: { confidence, evidence } }: Failed): boolean =>
    (stage === 'tcp' && !connected.has(attempt.address ?? '')) ||
    confidence === 'high' ||
    evidence.some(({ code }) => code === 'tried.again');
  return failed.every(isSure) ? 'high' : 'medium';
}

function mixture(
  survey: Survey,
  observation: Observation,
  failed: readonly Failed[],
  passed: readonly Passed[],
  broken: BrokenFamilies,
): readonly Problem[] {
  const { host } = observation;
  const { 6: six } = broken;
  const working = fact('address.works', { host, working: passed.length, tried: passed.length + failed.length });
  const telltale = failed.filter((outcome) => telling.has(outcome.problem.cause));
  const broken6 =
    six?.whole === true ? failed.filter((outcome) => isOutside(outcome, 6) && !telltale.includes(outcome)) : [];
  const rest = failed.filter((outcome) => !broken6.includes(outcome) && !telltale.includes(outcome));
  const problems: Problem[] = telltale.map(({ problem: telltaleProblem }) => ({
    ...telltaleProblem,
    effect: 'degraded',
    evidence: [...telltaleProblem.evidence.slice(0, 1), working, ...telltaleProblem.evidence.slice(1)],
  }));
  if (six !== null && broken6.length > 0) problems.push(ipv6Broken(six, linesOf(observation, broken6), 'degraded'));
  if (rest.length > 0) {
    // Of one host alone it may be the host's own address.
    const family = ([4, 6] as const).find(
      (candidate) =>
        (broken[candidate]?.hosts ?? 0) > 1 &&
        rest.every((outcome) => isOutside(outcome, candidate)) &&
        !passed.some((outcome) => isOutside(outcome, candidate)),
    );
    problems.push(
      problem('tcp.partly-blocked', 'tcp', [working, ...linesOf(observation, rest)], {
        confidence: sureOfAddresses(survey, rest),
        effect: 'degraded',
        signature: family === undefined ? host : `IPv${family}`,
        shared: family === undefined ? ['host', host] : ['address family', `IPv${family}`],
      }),
    );
  }
  return problems;
}

/** Nothing public is at the unspecified address: what answers there is this machine (Linux connects to itself). */
function isOwnEcho(survey: Survey, host: string, { attempt, trust }: Passed): boolean {
  const place: Nowhere | null = attempt.address === null ? null : isMisplaced(survey, host, attempt.address);
  return place === 'unspecified' && (trust === null || !isAuthentic(trust));
}

/**
 * Where an answer that proves nothing came from an address that other names are proven to be sent to: this one belongs to
 * them. Null for what was authenticated, for what went through a proxy, and for any address that nothing is proven of.
 */
function ledAstray(survey: Survey, passed: readonly Passed[]): Problem | null {
  for (const { attempt, trust } of passed) {
    if (attempt.proxy !== undefined || attempt.address === null || (trust !== null && isAuthentic(trust))) return null;
  }
  for (const { attempt } of passed) {
    const led = sentElsewhere(survey, attempt.address ?? '');
    if (led !== null) return led;
  }
  return null;
}

/** Judges one URL from what its addresses gave. */
function judgeAddresses(
  survey: Survey,
  broken: BrokenFamilies,
  observation: Observation,
  telling: readonly (Failed | Passed)[],
): ObservationJudgement {
  const passed = telling.filter(isPassed);
  const atTimes = placeProblems(survey, observation);
  const failing = telling.filter(isFailed);
  const failed = failing.filter(({ attempt }) => !failsAtTimes(survey, observation, attempt));
  const [share] = atTimes;
  if (passed.length === 0 && failed.length === 0 && share !== undefined) return { kind: 'failed', problems: [share] };
  const echo = passed.length > 0 && passed.every((outcome) => isOwnEcho(survey, observation.host, outcome));
  if (passed.length === 0 || echo) {
    const attempts = telling.map(({ attempt }) => attempt);
    const suspect = attempts.some(({ proxy }) => proxy !== undefined)
      ? null
      : addressProblem(survey, observation, attempts);
    if (failed.length > 0) {
      const main = familyProblem(survey, observation, failed, broken) ?? prevailing(failed);
      return { kind: 'failed', problems: suspect === null ? [main] : [suspect, main] };
    }
    if (suspect !== null) return { kind: 'failed', problems: [suspect] };
  }
  const astray = ledAstray(survey, passed);
  if (astray !== null) return { kind: 'failed', problems: [astray, ...failed.map((outcome) => outcome.problem)] };
  const best = passed.find(({ problems }) => problems.length === 0) ?? passed[0];
  if (best === undefined) {
    return { kind: 'failed', problems: [undetermined('tcp', 'nothing', [], 'address-by-address')] };
  }
  const turn = turnProblem(observation);
  const stumbling = serverProblem(survey, observation);
  const all = [
    ...(turn === null ? [] : [turn]),
    ...(stumbling === null ? [] : [stumbling]),
    ...atTimes,
    ...passed.flatMap(({ problems }) => problems),
    ...mixture(survey, observation, failed, passed, broken),
  ];
  const hurts = new Map(all.map((hurt) => [`${hurt.cause} ${hurt.signature}`, hurt]));
  return {
    kind: 'passed',
    problems: [...hurts.values()],
    trust: best.trust,
    attempt: best.attempt,
  };
}

/** Judges one URL of a target over all of its addresses (contract section 3). Run-wide causes are laid over it afterwards. */
export function judgeObservation(
  survey: Survey,
  broken: BrokenFamilies,
  target: Target,
  observation: Observation,
): ObservationJudgement {
  const { dns, host } = observation;
  const undecided = undecidedProblem(target, observation);
  if (undecided !== null) return { kind: 'failed', problems: [undecided] };
  const off = notDone(dns);
  if (off !== null) {
    const error = dns.status === 'failed' ? (dns.failure.raw.code ?? '') : '';
    return { kind: 'untested', reason: { code: off }, problems: exhausted(off, host, error) };
  }
  const stumbling = serverProblem(survey, observation);
  if (dns.status === 'failed' && stumbling !== null) return { kind: 'failed', problems: [stumbling] };
  if (dns.status === 'failed') return { kind: 'failed', problems: [dnsProblem(survey, observation, dns)] };
  if (observation.attempts.length === 0) {
    const { ended, plan } = survey.observations;
    if (ended !== null) return { kind: 'untested', reason: { code: ended }, problems: [] };
    if (plan.families.length < 2) return { kind: 'untested', reason: { code: 'family' }, problems: [] };
    return {
      kind: 'failed',
      problems: [problem('dns.no-address', 'dns', [fact('dns.no-address', { host, server: '' })])],
    };
  }
  const outcomes = observation.attempts.map((attempt) => judgeAttempt(survey, target, observation, attempt));
  const measured = outcomes.filter((outcome) => outcome.kind !== 'untested');
  if (measured.length === 0) {
    const [first] = outcomes as [Extract<AttemptJudgement, { readonly kind: 'untested' }>];
    return { kind: 'untested', reason: { code: first.reason }, problems: exhausted(first.reason, host, first.error) };
  }
  return judgeAddresses(survey, broken, observation, relevant(survey, measured));
}

function exhausted(reason: string, host: string, error: string): readonly Problem[] {
  if (reason !== 'resources') return [];
  const evidence = [fact('local.resources', { host, error })];
  return [problem('local.resources', 'local', evidence, { confidence: 'high', effect: 'none' })];
}
