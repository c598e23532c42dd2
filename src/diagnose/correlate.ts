import { grouped } from '../grouped.ts';
import type { Severity } from '../model/catalog.ts';
import { type CauseId, causes } from '../model/causes.ts';
import type { Confidence, Fact, Finding, RootCause } from '../model/diagnosis.ts';
import type { AdvisedExperiment } from '../model/experiments.ts';
import { performedExperiments } from '../model/performed-experiments.ts';
import type { Target } from '../model/plan.ts';
import type { Pieces } from '../pieces.ts';
import { fact } from './evidence.ts';
import type { ExplainedProblem, TargetJudgement } from './judge/target.ts';
import type { Problem } from './problem.ts';
import { commonOf } from './shared-by.ts';

/** Facts that one root cause shows; each affected target keeps all of its own. */
const SHOWN = 6;

const order: readonly Severity[] = ['informational', 'warning', 'critical'];
const rank = (severity: Severity): number => order.indexOf(severity);
const sure: readonly Confidence[] = ['low', 'medium', 'high'];
const higher = (a: Severity, b: Severity): Severity => (rank(a) > rank(b) ? a : b);

/** How bad a finding is for its target. */
function severityFor(target: Target, effect: Finding['effect']): Severity {
  if (effect === 'none') return 'informational';
  return effect === 'unreachable' && target.importance === 'critical' ? 'critical' : 'warning';
}

/** What the run was, besides its failures. */
interface RunExtent {
  readonly healthy: readonly Target[];
  readonly experiments: boolean;
}

interface Member {
  readonly target: Target;
  readonly problem: Problem;
  /** A symptom on this target that a root on another one explains. */
  readonly guest: boolean;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const keyOf = ({ cause, signature }: Problem): string => `${cause} ${signature}`;

/** The root that fails the target at a host and port, by `host:port`; of several targets the first by id. */
function rootsByPlace(byId: readonly TargetJudgement[]): ReadonlyMap<string, Problem> {
  const places = new Map<string, Problem>();
  for (const { target, problems } of byId) {
    const root = problems.find(({ problem, explainedBy }) => explainedBy === null && problem.effect === 'unreachable');
    if (root === undefined || root.problem.dependsOn.length > 0) continue;
    const place = `${target.host}:${target.port}`;
    if (!places.has(place)) places.set(place, root.problem);
  }
  return places;
}

/** Connections to a port that end so are about the port, if they do for all hosts. */
const ofPorts: ReadonlySet<string> = new Set(['tcp.dropped', 'tcp.refused', 'tcp.prohibited']);

/** The root of a port that no tested host can be reached on, by `*:port`; of fewer than three hosts it may be theirs. */
function rootsByPort(byId: readonly TargetJudgement[]): ReadonlyMap<string, Problem> {
  const hosts = new Map<number, Set<string>>();
  const roots = new Map<number, Problem>();
  const open = new Set<number>();
  for (const { target, untested, problems } of byId) {
    if (untested !== null) continue;
    const { port } = target;
    const root = problems.find(
      ({ problem, explainedBy }) => explainedBy === null && ofPorts.has(problem.cause),
    )?.problem;
    if (root === undefined) open.add(port);
    else {
      hosts.set(port, (hosts.get(port) ?? new Set()).add(target.host));
      if (!roots.has(port)) roots.set(port, root);
    }
  }
  return new Map(
    [...roots].flatMap(([port, root]) =>
      !open.has(port) && (hosts.get(port)?.size ?? 0) >= 3 ? [[`*:${port}`, root] as const] : [],
    ),
  );
}

/** What problems of other targets may be symptoms of. Most runs have none that depend on another place, and nothing to look up. */
function rootsOf(judged: readonly TargetJudgement[]): ReadonlyMap<string, Problem> {
  if (!judged.some(({ problems }) => problems.some(({ problem }) => problem.dependsOn.length > 0))) return new Map();
  const byId = [...judged].sort((a, b) => byText(a.target.id, b.target.id));
  return new Map([...rootsByPort(byId), ...rootsByPlace(byId)]);
}

/** The trouble of another target that this problem is a symptom of; null if there is none. */
function rootElsewhere(
  places: ReadonlyMap<string, Problem>,
  { problem, explainedBy }: ExplainedProblem,
): Problem | null {
  if (explainedBy !== null) return null;
  for (const { host, port } of problem.dependsOn) {
    const root = places.get(`${host}:${port}`) ?? places.get(`*:${port}`);
    if (root !== undefined) return root;
  }
  return null;
}

function merged(members: readonly Member[], { healthy, experiments }: RunExtent): RootCause {
  const sorted = [...members].sort((a, b) => byText(a.target.id, b.target.id) || Number(a.guest) - Number(b.guest));
  const hosts = sorted.filter(({ guest }) => !guest);
  const [first] = hosts as [Member, ...Member[]];
  const { cause, shared } = first.problem;
  const row = causes[cause];
  const severity = members
    .map(({ target, problem }) => severityFor(target, problem.effect))
    .reduce((worst, severity) => higher(worst, severity), row.atLeast ?? 'informational');
  const evidence = new Map<string, Fact>();
  // One fact of each target in turn, so that many targets don't hide each other.
  const longest = hosts.reduce((most, { problem }) => Math.max(most, problem.evidence.length), 0);
  for (let position = 0; position < longest && evidence.size < SHOWN; position++) {
    for (const { problem } of hosts) {
      const fact = problem.evidence[position];
      if (fact !== undefined) evidence.set(JSON.stringify(fact), fact);
      if (evidence.size === SHOWN) break;
    }
  }
  const same = hosts.every(
    ({ problem }) => problem.shared?.attribute === shared?.attribute && problem.shared?.value === shared?.value,
  );
  const addresses = hosts.flatMap(({ problem }) =>
    problem.shared?.attribute === 'address' ? [problem.shared.value] : [],
  );
  const confidence = hosts
    .map(({ problem }) => problem.confidence)
    .reduce((a, b) => (sure.indexOf(a) > sure.indexOf(b) ? a : b));
  // What is proven for one of them stands for all that fail with it.
  const open = confidence === 'high' ? [] : hosts.flatMap(({ problem }) => problem.alternatives);
  const others = new Set<CauseId>(open);
  others.delete(cause);
  const alternatives = [...others].sort();
  // Where experiments are left out the report says which one would have decided.
  const shown = [...evidence.values()].some(isExperiment);
  const advised = (): Fact | undefined => hosts.flatMap(({ problem }) => problem.evidence).find(isExperiment);
  const deciding =
    alternatives.length > 0 && isLeftOut(row.experiment) ? fact('experiment', { experiment: row.experiment }) : null;
  const undecided = experiments || shown ? null : (advised() ?? deciding);
  return {
    cause,
    severity,
    confidence,
    // In order, so that what is there twice stands together.
    targets: sorted.map(({ target }) => target.id).filter((id, position, all) => id !== all[position - 1]),
    shared:
      (same ? shared : null) ??
      commonOf(
        hosts.map(({ target }) => target),
        addresses,
        healthy,
      ),
    evidence: [...evidence.values(), ...(undecided === null ? [] : [undecided])],
    alternatives,
  };
}

const isExperiment = ({ code }: Fact): boolean => code === 'experiment';

/** Whether `--no-experiments` leaves it out, or no run makes it by itself. */
function isLeftOut(advised: AdvisedExperiment): boolean {
  const rows: Partial<Record<AdvisedExperiment, { readonly tells: 'whether' | 'why' }>> = performedExperiments;
  return rows[advised]?.tells !== 'whether';
}

interface Correlation {
  readonly rootCauses: readonly RootCause[];
  /** Of each target, in the order in which they were given. */
  readonly findings: readonly (readonly Finding[])[];
}

/** Hosts that have to be exempted, whatever is decided for others of the same authority. */
const isExemption = ({ evidence }: RootCause): number =>
  Number(evidence.some(({ code }) => code === 'certificate.pinned' || code === 'certificate.inspection-unsupported'));

/**
 * By severity, then by the number of targets, then by cause and what they share. Those of one cause with the same in common
 * stand together, what has to be exempted first.
 */
export function inOrder(rootCauses: readonly RootCause[]): readonly RootCause[] {
  const familyOf = ({ cause, severity, shared, targets }: RootCause): string =>
    JSON.stringify([cause, severity, shared ?? targets]);
  const targetsOf = new Map<string, number>();
  for (const rootCause of rootCauses) {
    const family = familyOf(rootCause);
    targetsOf.set(family, (targetsOf.get(family) ?? 0) + rootCause.targets.length);
  }
  const size = (rootCause: RootCause): number => targetsOf.get(familyOf(rootCause)) ?? 0;
  return [...rootCauses].sort(
    (a, b) =>
      rank(b.severity) - rank(a.severity) ||
      size(b) - size(a) ||
      byText(familyOf(a), familyOf(b)) ||
      isExemption(b) - isExemption(a) ||
      b.targets.length - a.targets.length ||
      byText(a.cause, b.cause) ||
      byText(JSON.stringify([a.shared, a.targets]), JSON.stringify([b.shared, b.targets])),
  );
}

/**
 * Groups findings into root causes: one cause and one signature is one root over all its targets. A finding that another
 * target's root explains becomes its symptom, and its target counts among those affected.
 */
export function* correlating(judged: readonly TargetJudgement[], experiments: boolean): Pieces<Correlation> {
  const places = rootsOf(judged);
  yield;
  const members: (readonly [key: string, member: Member])[] = [];
  const findings: (readonly Finding[])[] = [];
  for (const { target, problems } of judged) {
    yield;
    const ofTarget: Finding[] = [];
    for (const explained of problems) {
      const { cause, confidence, effect, evidence, signature, shared, alternatives, steadiness } = explained.problem;
      const elsewhere = rootElsewhere(places, explained);
      const explainedBy = explained.explainedBy ?? elsewhere?.cause ?? null;
      ofTarget.push({
        target: target.id,
        cause,
        confidence,
        effect,
        evidence,
        signature,
        shared,
        alternatives,
        explainedBy,
        ...(steadiness === undefined ? {} : { steadiness }),
      });
      if (explained.explainedBy !== null) continue;
      const key = keyOf(elsewhere ?? explained.problem);
      members.push([key, { target, problem: explained.problem, guest: elsewhere !== null }]);
    }
    findings.push(ofTarget);
  }
  const run: RunExtent = {
    healthy: judged
      .filter(({ untested, problems }) => untested === null && problems.length === 0)
      .map(({ target }) => target),
    experiments,
  };
  const rootCauses: RootCause[] = [];
  for (const group of grouped(members).values()) {
    yield;
    rootCauses.push(merged(group, run));
  }
  yield;
  return { rootCauses: inOrder(rootCauses), findings };
}
