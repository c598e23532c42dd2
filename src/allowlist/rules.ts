/** What has to be let through: documented destinations, each once. Knows no product that a rule is written for. */

import { hostAndPort, isIP } from '../addresses.ts';
import { isPattern, parametersOf, patternKind } from '../catalog/pattern.ts';
import { grouped, groupedBy } from '../grouped.ts';
import type { Importance, Source } from '../model/catalog.ts';
import type { CauseId, Owner } from '../model/causes.ts';
import { ownerOf } from '../model/owner.ts';
import type { PlannedFeature, UnroutedPlan, UnroutedTarget } from '../model/plan.ts';
import type { Report } from '../model/report.ts';

/** How a destination is written. `template`: a name with a parameter that nobody set; `invalid`: nothing of the kind (a saved report may hold anything). */
export type RuleKind = 'exact' | 'wildcard' | 'address' | 'network' | 'template' | 'invalid';

export interface Rule {
  /** As documented: `exact.example.com`, `*.wildcard.example.com`, an address, `10.0.0.0/24`. */
  readonly pattern: string;
  readonly kind: RuleKind;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly scheme: 'https' | 'http' | 'tcp';
  /** Ids of the features that need it. */
  readonly features: readonly string[];
  readonly importance: Importance;
  readonly importanceReason: string | null;
  /** Documents or a pinned certificate forbid TLS inspection here. */
  readonly exempt: boolean;
  readonly source: Source | null;
  /** Names of the parameters of a template. */
  readonly parameters: readonly string[];
}

/** A destination that failed for a reason which no rule of this kind mends. */
export interface NotOpened {
  readonly destination: string;
  readonly cause: CauseId;
  readonly owner: Owner;
}

export interface AllowList {
  /** In the order of the catalog. */
  readonly rules: readonly Rule[];
  readonly notOpened: readonly NotOpened[];
  readonly features: readonly PlannedFeature[];
  /** Where it was measured what failed; null where nothing was. */
  readonly measured: { readonly at: string; readonly sources: readonly string[] } | null;
  readonly version: string;
}

function kindOf(pattern: string): RuleKind {
  const [address = '', bits = '', ...more] = pattern.split('/');
  if (more.length === 0 && isIP(address) !== 0 && /^\d{1,3}$/.test(bits))
    return Number(bits) <= (isIP(address) === 4 ? 32 : 128) ? 'network' : 'invalid';
  return isPattern(pattern.includes('{') ? pattern : pattern.toLowerCase()) ? patternKind(pattern) : 'invalid';
}

function ruleOf(target: UnroutedTarget): Rule {
  const { pattern, port, scheme, feature, importance, importanceReason, tls, untested, source } = target;
  return {
    pattern: pattern.includes('{') ? pattern : pattern.toLowerCase(),
    kind: kindOf(pattern),
    port,
    protocol: untested?.code === 'udp' ? 'udp' : 'tcp',
    scheme,
    features: [feature],
    importance,
    importanceReason: importanceReason ?? null,
    exempt: tls.pinned || tls.inspection === 'unsupported',
    source: source ?? null,
    parameters: parametersOf(pattern),
  };
}

/** The rules of targets: one for each documented destination, with all features that need it, and the strictest wish of them. */
function rulesOf(targets: readonly UnroutedTarget[]): readonly Rule[] {
  const rules = new Map<string, Rule>();
  for (const target of targets) {
    const rule = ruleOf(target);
    const key = JSON.stringify([rule.pattern, rule.port, rule.protocol]);
    const other = rules.get(key);
    rules.set(key, other === undefined ? rule : joined(other, rule));
  }
  return [...rules.values()];
}

function joined(first: Rule, second: Rule): Rule {
  const leads = first.importance === 'critical' || second.importance !== 'critical' ? first : second;
  return {
    ...leads,
    scheme: first.scheme === 'tcp' ? second.scheme : first.scheme,
    features: [...new Set([...first.features, ...second.features])],
    exempt: first.exempt || second.exempt,
  };
}

/** What the documents ask for, before anything is probed. */
export function planned(plan: UnroutedPlan, version: string): AllowList {
  return { rules: rulesOf(plan.targets), notOpened: [], features: plan.features ?? [], measured: null, version };
}

type Blame = Pick<NotOpened, 'cause' | 'owner'>;

/** Owners whose devices hold lists of what is let through, or left alone. */
const keepers: readonly Owner[] = ['firewall', 'proxy', 'inspection', 'unknown'];

/**
 * Exactly what failed in a run, as documented. Where a name server, this machine or the service is to blame, a rule would
 * open what nobody needs opened: those are named apart.
 */
export function failedSet(report: Report, version: string): AllowList {
  const byId = new Map(report.targets.map((target) => [target.id, target]));
  const blamed = grouped(
    report.rootCauses.flatMap(({ cause, targets }) => {
      const owner = ownerOf(
        cause,
        targets.flatMap((id) => byId.get(id) ?? []),
      );
      return targets.map((id): readonly [string, Blame] => [id, { cause, owner }]);
    }),
  );
  const failed = new Set(
    report.targets.flatMap(({ id, verdict }) => (verdict === 'unreachable' || verdict === 'degraded' ? [id] : [])),
  );
  const { plan } = report.observations;
  const targets = plan.targets.filter(({ id }) => failed.has(id));
  const otherwise = (id: string): Blame | null => {
    const all = blamed.get(id) ?? [];
    return all.some(({ owner }) => keepers.includes(owner)) ? null : (all[0] ?? null);
  };
  const notOpened = new Map<string, NotOpened>();
  for (const { id, host, pattern, port } of targets) {
    const blame = otherwise(id);
    if (blame === null) continue;
    const destination = hostAndPort(host === '' ? pattern : host, port);
    notOpened.set(destination, { destination, ...blame });
  }
  return {
    rules: rulesOf(targets.filter(({ id }) => otherwise(id) === null)),
    notOpened: [...notOpened.values()],
    features: plan.features ?? [],
    measured: { at: report.startedAt, sources: report.machine?.addresses ?? [] },
    version,
  };
}

/** Rules by port and protocol, lowest port first. */
export function byPort(rules: readonly Rule[]): readonly (readonly [string, readonly Rule[]])[] {
  const sorted = [...rules].sort((a, b) => a.port - b.port);
  return [...groupedBy(sorted, ({ protocol, port }) => `${protocol.toUpperCase()} ${port}`)];
}
