/**
 * What a report answers, for every format that people or programs read: the causes with their hosts, the evidence that
 * decides and what to do, and the features with the stage at which they break. Pure; knows no layout.
 */
import { counted, grouped, groupedBy } from '../grouped.ts';
import type { Severity } from '../model/catalog.ts';
import { type CauseId, causes, type Owner } from '../model/causes.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { StageName } from '../model/observations.ts';
import { ownerOf } from '../model/owner.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import { featureTitles, type Words } from '../words/contract.ts';

type Root = Report['rootCauses'][number];

/** Hosts of one parent domain; of a single host or an address the `domain` is null. */
export interface HostGroup {
  readonly domain: string | null;
  readonly hosts: readonly string[];
}

export interface AnsweredCause {
  /** From 1 on, in the order of the report; tables refer to it. */
  readonly number: number;
  readonly root: Root;
  /** Who has to act. */
  readonly owner: Owner;
  /** In the order of the report, those of the cause's targets; a pattern where no host is known. */
  readonly targets: readonly ReportTarget[];
  /** Each once, in the order of the targets. */
  readonly hosts: readonly string[];
  /** The same by parent domain, the largest group first. */
  readonly groups: readonly HostGroup[];
  /** Two or three sentences, each said once for all hosts. */
  readonly deciding: readonly string[];
}

/** How a stage went over a feature's targets: of those that got to it, so many passed it. */
export interface StageCount {
  readonly passed: number;
  readonly reached: number;
}

export interface AnsweredFeature {
  readonly feature: string;
  /** In the words of the language where it is a bundled feature's. */
  readonly title: string;
  readonly targets: readonly ReportTarget[];
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly stages: Readonly<Record<StageName, StageCount>>;
  /** Numbers of the causes that hit it. */
  readonly causes: readonly number[];
  /** Tested targets that fared otherwise than most of the feature's; several URLs of one host that fare alike once. */
  readonly unlike: readonly ReportTarget[];
}

export interface Answer {
  readonly causes: readonly AnsweredCause[];
  readonly features: readonly AnsweredFeature[];
  /** Numbers of the causes that hit a target, by its id. */
  readonly causesOf: ReadonlyMap<string, readonly number[]>;
  /** The worst of what is wrong; null where nothing is. */
  readonly severity: Severity | null;
}

export const stageNames: readonly StageName[] = ['dns', 'tcp', 'tunnel', 'tls', 'http'];

/** The host that a person knows a target by. */
export const hostOf = ({ host, pattern }: Pick<ReportTarget, 'host' | 'pattern'>): string =>
  host === '' ? pattern : host;

export function answerOf(report: Report, words: Words): Answer {
  const byId = new Map(report.targets.map((target) => [target.id, target]));
  const answered = report.rootCauses.map((root, index): AnsweredCause => {
    const targets = root.targets.flatMap((id) => byId.get(id) ?? []);
    const hosts = [...new Set(targets.map(hostOf))];
    const deciding = root.deciding ?? root.evidence.slice(0, 3);
    return {
      number: index + 1,
      root,
      owner: ownerOf(root.cause, targets),
      targets,
      hosts,
      groups: groupsOf(hosts),
      deciding,
    };
  });
  const causesOf = grouped(answered.flatMap(({ number, root }) => root.targets.map((id) => [id, number] as const)));
  const brokenAt = (target: ReportTarget): StageName | null => {
    const [number = 0] = causesOf.get(target.id) ?? [];
    return brokenStage(target, answered[number - 1]?.root.cause ?? null);
  };
  return {
    causes: answered,
    features: featuresOf(report, words, causesOf, brokenAt),
    causesOf,
    severity: report.rootCauses[0]?.severity ?? null,
  };
}

/** Where a target's path breaks: at the first stage that failed, else at its cause's. Null where nothing is broken. */
function brokenStage({ verdict, stages }: ReportTarget, cause: CauseId | null): StageName | null {
  if (verdict !== 'unreachable' && verdict !== 'degraded') return null;
  const failed = stageNames.find((name) => stages[name].status === 'failed');
  if (failed !== undefined) return failed;
  const stage = cause === null ? 'any' : causes[cause].stage;
  return stage === 'local' || stage === 'any' ? null : stage;
}

function featuresOf(
  report: Report,
  words: Words,
  causesOf: Answer['causesOf'],
  brokenAt: (target: ReportTarget) => StageName | null,
): readonly AnsweredFeature[] {
  const titleOf = featureTitles(words, report.observations.plan.features);
  return [...groupedBy(report.targets, ({ feature }) => feature)].map(([feature, targets]) => ({
    feature,
    title: titleOf(feature),
    targets,
    counts: countsOf(targets),
    stages: stagesOf(targets, brokenAt),
    causes: [...new Set(targets.flatMap(({ id }) => causesOf.get(id) ?? []))].sort((a, b) => a - b),
    unlike: unlikeMost(targets, causesOf),
  }));
}

function countsOf(targets: readonly ReportTarget[]): AnsweredFeature['counts'] {
  const counts = { reachable: 0, degraded: 0, unreachable: 0, untested: 0 };
  for (const { verdict } of targets) counts[verdict] += 1;
  return counts;
}

function stagesOf(
  targets: readonly ReportTarget[],
  brokenAt: (target: ReportTarget) => StageName | null,
): AnsweredFeature['stages'] {
  const counts = Object.fromEntries(stageNames.map((name) => [name, { passed: 0, reached: 0 }])) as Record<
    StageName,
    { passed: number; reached: number }
  >;
  for (const target of targets) {
    if (target.verdict === 'untested') continue;
    const broken = brokenAt(target);
    for (const name of stageNames) {
      const { status } = target.stages[name];
      if (status === 'skipped' && name !== broken) continue;
      counts[name].reached += 1;
      if (name !== broken && status === 'passed') counts[name].passed += 1;
    }
  }
  return counts;
}

/** Tested targets but for those that fared as most of them did. */
function unlikeMost(targets: readonly ReportTarget[], causesOf: Answer['causesOf']): readonly ReportTarget[] {
  const tested = targets.filter(({ verdict }) => verdict !== 'untested');
  const fate = ({ id, verdict }: ReportTarget): string => JSON.stringify([verdict, causesOf.get(id) ?? []]);
  const isFine = (key: string): number => Number(key === JSON.stringify(['reachable', []]));
  const [usual] =
    [...counted(tested.map(fate))].sort(([a, some], [b, others]) => others - some || isFine(b) - isFine(a))[0] ?? [];
  const seen = new Set<string>();
  return tested.filter((target) => {
    const key = JSON.stringify([fate(target), hostOf(target), target.port, target.importance]);
    if (fate(target) === usual || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** So many hosts are named one by one; more of one parent domain are counted. */
function groupsOf(hosts: readonly string[]): readonly HostGroup[] {
  return [...groupedBy(hosts, (host) => parentDomain(host) ?? host).values()]
    .map((members) => ({ domain: members.length === 1 ? null : commonParent(members), hosts: members }))
    .sort((a, b) => b.hosts.length - a.hosts.length);
}

/** The longest domain that all are in, or are; they have two labels in common at least. */
function commonParent([first = '', ...others]: readonly string[]): string {
  const labels = first.split('.');
  const isIn = (host: string): boolean => `.${host}`.endsWith(`.${labels.join('.')}`);
  while (!others.every(isIn)) labels.shift();
  return labels.join('.');
}

/** The last two labels of a name, or three below what looks like a country's second level (`example.co.uk`); null for an address. */
export function parentDomain(host: string): string | null {
  if (/^[\d.]+$/.test(host) || host.includes(':') || host.includes('/')) return null;
  const labels = host.replace(/^\*\./, '').split('.');
  const country = labels.length > 2 && labels.at(-1)?.length === 2 && (labels.at(-2)?.length ?? 9) <= 3;
  const size = country ? 3 : 2;
  return labels.length < size ? null : labels.slice(-size).join('.');
}
