/** Sites and features: of each the worst verdict, and how many machines have it; how many are silent. Pure. */
import { counted, groupedBy } from '../grouped.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { Look } from '../model/fleet.ts';

const verdicts: readonly Verdict[] = ['untested', 'reachable', 'degraded', 'unreachable'];

const isWorse = (one: Verdict, other: Verdict): boolean => verdicts.indexOf(one) > verdicts.indexOf(other);

interface Cell {
  verdict: Verdict;
  machines: number;
}

/** Of a list of endpoints, each feature with the worst of its targets. */
function featuresOf(endpoints: Look['endpoints']): ReadonlyMap<string, Verdict> {
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

/** Empty where it names none. */
export const siteOf = ({ traits }: Look): string =>
  traits.find(({ attribute }) => attribute === 'label:site')?.value ?? '';

/** What is known of a site. */
export interface SiteRow {
  readonly features: ReadonlyMap<string, Readonly<Cell>>;
  /** Machines of which nothing was heard for too long: that something was well for them says no more that it is. */
  readonly silent: number;
}

/** `silent`: the machines that are, by their keys. */
export function matrixOf(
  looks: readonly Look[],
  silent: ReadonlySet<string>,
): { readonly features: readonly string[]; readonly sites: ReadonlyMap<string, SiteRow> } {
  const sites = new Map<string, SiteRow>();
  const features = new Set<string>();
  const known = new Map<Look['endpoints'], ReadonlyMap<string, Verdict>>();
  for (const [site, own] of groupedBy(looks, siteOf)) {
    const row = new Map<string, Cell>();
    const unheard = own.filter(({ machine }) => silent.has(machine));
    sites.set(site, { features: row, silent: unheard.length });
    for (const some of [own.filter(({ machine }) => !silent.has(machine)), unheard]) {
      // Machines that saw the same share one list.
      for (const [endpoints, machines] of counted(some.map((look) => look.endpoints))) {
        const verdicts = known.get(endpoints) ?? featuresOf(endpoints);
        known.set(endpoints, verdicts);
        for (const [feature, verdict] of verdicts) {
          features.add(feature);
          if (some === unheard && verdict === 'reachable') continue;
          const cell = row.get(feature);
          if (cell === undefined || isWorse(verdict, cell.verdict)) row.set(feature, { verdict, machines });
          else if (cell.verdict === verdict) cell.machines += machines;
        }
      }
    }
  }
  const sorted = [...sites].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { features: [...features].sort(), sites: new Map(sorted) };
}
