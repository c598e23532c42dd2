/** Sites and features: of each the worst verdict, and how many machines have it. Pure. */
import type { Verdict } from '../model/diagnosis.ts';
import type { Look } from '../model/fleet.ts';

const verdicts: readonly Verdict[] = ['untested', 'reachable', 'degraded', 'unreachable'];

const isWorse = (one: Verdict, other: Verdict): boolean => verdicts.indexOf(one) > verdicts.indexOf(other);

interface Cell {
  verdict: Verdict;
  machines: number;
}

/** Of a machine, each feature with the worst of its targets. */
function featuresOf({ endpoints }: Look): ReadonlyMap<string, Verdict> {
  const own = new Map<string, Verdict>();
  for (const { targets, verdict } of endpoints) {
    for (const target of targets) {
      const feature = target.slice(0, Math.max(0, target.indexOf('/')));
      const before = own.get(feature);
      if (before === undefined || isWorse(verdict, before)) own.set(feature, verdict);
    }
  }
  return own;
}

export function matrixOf(looks: readonly Look[]): {
  readonly features: readonly string[];
  readonly sites: ReadonlyMap<string, ReadonlyMap<string, Readonly<Cell>>>;
} {
  const sites = new Map<string, Map<string, Cell>>();
  const features = new Set<string>();
  for (const look of looks) {
    const site = look.traits.find(({ attribute }) => attribute === 'label:site')?.value ?? '';
    const row = sites.get(site) ?? new Map<string, Cell>();
    sites.set(site, row);
    for (const [feature, verdict] of featuresOf(look)) {
      features.add(feature);
      const cell = row.get(feature);
      if (cell === undefined || isWorse(verdict, cell.verdict)) row.set(feature, { verdict, machines: 1 });
      else if (cell.verdict === verdict) cell.machines += 1;
    }
  }
  const sorted = [...sites].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { features: [...features].sort(), sites: new Map(sorted) };
}
