/** What the store holds of a machine, put together for eyes and for programs. Pure but for the questions it asks. */
import { groupedBy } from '../grouped.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { FeatureLine, History, TargetLine } from '../model/history.ts';
import type { Store, TargetState } from '../store/store.ts';

const dayMs = 86_400_000;
/** Days of a feature's line, looks of a target's. */
export const shownDays = 30;
export const shownLooks = 60;
const listedLooks = 20;

const order: readonly Verdict[] = ['unreachable', 'degraded', 'reachable', 'untested'];

/** Whether a row is one of those that are meant: its feature, its host, its id, or a part of one. */
const isMeant = (
  what: readonly string[],
  { feature, host, target }: Pick<TargetState, 'feature' | 'host' | 'target'>,
): boolean =>
  what.length === 0 ||
  what.some((word) => {
    const text = word.toLowerCase();
    return feature === text || target.toLowerCase().includes(text) || host.toLowerCase().includes(text);
  });

export async function historyOf(store: Store, machine: string, what: readonly string[], now: number): Promise<History> {
  const firstDay = Math.floor(now / dayMs) - shownDays + 1;
  const rows = (await store.days(machine, firstDay)).filter((row) => isMeant(what, row));
  const features = [...groupedBy(rows, ({ feature }) => feature)]
    .map(([feature, days]) => featureLine(feature, days, firstDay))
    .sort(byName);
  const targets = what.length === 0 ? [] : targetLines(await store.states(machine, shownLooks), what);
  return { machine, firstDay, features, targets, looks: await store.looks(machine, { most: listedLooks }) };
}

const byName = (one: { readonly feature: string }, other: { readonly feature: string }): number =>
  one.feature < other.feature ? -1 : 1;

function featureLine(
  feature: string,
  rows: readonly Awaited<ReturnType<Store['days']>>[number][],
  firstDay: number,
): FeatureLine {
  const days = Array.from({ length: shownDays }, () => ({ tested: 0, reached: 0, worst: null as Verdict | null }));
  let looks = 0;
  for (const { day, verdicts, looks: count } of rows) {
    const cell = days[day - firstDay];
    if (cell === undefined) continue;
    const tested = verdicts.reachable + verdicts.degraded + verdicts.unreachable;
    cell.tested += tested;
    cell.reached += verdicts.reachable + verdicts.degraded;
    looks = Math.max(looks, count);
    const worst = order.find((verdict) => verdicts[verdict] > 0) ?? null;
    if (cell.worst === null || (worst !== null && order.indexOf(worst) < order.indexOf(cell.worst))) cell.worst = worst;
  }
  const tested = days.reduce((sum, cell) => sum + cell.tested, 0);
  const reached = days.reduce((sum, cell) => sum + cell.reached, 0);
  return {
    ...{ feature, looks, reached: tested === 0 ? null : reached / tested },
    days: days.map((cell) => (cell.tested === 0 ? null : cell.reached / cell.tested)),
    worst: days.map((cell) => cell.worst),
  };
}

/** Milliseconds that a target took in all; null where it was not reached. */
function totalOf({ verdict, stages }: TargetState): number | null {
  if (verdict !== 'reachable' && verdict !== 'degraded') return null;
  return stages.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

function targetLines(looks: Awaited<ReturnType<Store['states']>>, what: readonly string[]): readonly TargetLine[] {
  // The newest come first.
  const meant = looks.flatMap(({ states }) => states).filter((state) => isMeant(what, state));
  return [...groupedBy(meant, ({ target }) => target)].flatMap(([target, states]) => {
    const [last] = states;
    if (last === undefined) return [];
    const { feature, host, port, verdict, stages } = last;
    const old = states.toReversed();
    return [
      {
        ...{ target, feature, host, port, now: verdict, stages },
        ...{ times: old.map(totalOf), verdicts: old.map((state) => state.verdict) },
      },
    ];
  });
}
