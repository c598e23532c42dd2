/** What stands below the tables: what was not tested and why, what the run left out, and what to type next. */
import { counted } from '../grouped.ts';
import { harmless } from '../harmless.ts';
import type { WildcardProof } from '../model/diagnosis.ts';
import type { LeftOut } from '../model/plan.ts';
import { fieldLines } from './fields.ts';
import type { Paper } from './paper.ts';

export function noteLines(paper: Paper): readonly string[] {
  const { screen } = paper.words;
  const line = (parts: readonly string[]): readonly string[] => (parts.length === 0 ? [] : [parts.join(screen.comma)]);
  return fieldLines(paper, [
    { name: 'untested', items: line(untested(paper)) },
    { name: 'wildcards', items: wildcards(paper) },
    { name: 'leftOut', items: leftOut(paper) },
    { name: 'next', items: next(paper) },
  ]);
}

/** `--set NAME=VALUE` for each group of untested targets that lack the same parameters, with their number. */
function missing({ report }: Paper): ReadonlyMap<string, number> {
  const planned = new Map(report.observations.plan.targets.map(({ id, untested: reason }) => [id, reason]));
  return counted(
    report.targets.flatMap(({ id, untested: shown }) => {
      const reason = planned.get(id);
      if (shown?.reason !== 'parameter' || reason?.code !== 'parameter') return [];
      return [reason.parameters.map((name) => `--set ${harmless(name, 60)}=…`).join(' ')];
    }),
  );
}

/** Below so many columns a sentence of this width takes two lines. */
const narrow = 80;

/** The untested by what would make them testable. */
function untested(paper: Paper): readonly string[] {
  const { screen } = paper.words;
  const reasons = paper.report.targets.flatMap(({ untested: shown }) => shown?.reason ?? []);
  const others = counted(reasons.filter((reason) => reason !== 'parameter'));
  return [
    ...[...missing(paper)].map(([options, count]) => screen.needs(count, options)),
    ...[...others].map(([reason, count]) => screen.untestedBecause(reason, count)),
  ];
}

/**
 * A wildcard is proven by its witnesses alone: said once for the run, for each pattern in the verbose view. Those that an
 * experiment proves something of have an item each.
 */
function wildcards({ report, view, words }: Paper): readonly string[] {
  const byPattern = new Map<string, { reached: number; tried: number }>();
  const verdicts = new Map(report.targets.map((target) => [target.id, target.verdict]));
  for (const target of report.observations.plan.targets) {
    const verdict = verdicts.get(target.id) ?? 'untested';
    if (!target.witness || verdict === 'untested') continue;
    const count = byPattern.get(target.pattern) ?? { reached: 0, tried: 0 };
    const reached = count.reached + (verdict === 'unreachable' ? 0 : 1);
    byPattern.set(target.pattern, { reached, tried: count.tried + 1 });
  }
  const proven = (pattern: string): WildcardProof['policy'] | null => {
    const proofs = (report.wildcards ?? []).filter((proof) => proof.pattern === pattern);
    return (proofs.find(({ policy }) => policy === 'refuses') ?? proofs[0])?.policy ?? null;
  };
  const each = [...byPattern].map(([pattern, { reached, tried }]) => {
    const policy = proven(pattern);
    return { reached, tried, policy, line: words.witnesses(harmless(pattern), reached, tried, policy) };
  });
  const open = each.filter(({ policy }) => policy === null);
  const sum = (of: (count: (typeof open)[number]) => number): number =>
    open.reduce((total, count) => total + of(count), 0);
  const total = words.screen.wildcards(
    open.length,
    sum(({ reached }) => reached),
    sum(({ tried }) => tried),
    view.width < narrow,
  );
  const shown = view.verbose ? each : each.filter(({ policy }) => policy !== null);
  return [...shown.map(({ line }) => line), ...(view.verbose || open.length === 0 ? [] : [total])];
}

/** How many endpoints of the run's features have no row; by reason in the verbose view. */
function leftOut({ report, view, words, labels }: Paper): readonly string[] {
  const rows = report.summary.leftOut;
  const sum = (because: LeftOut['because'] | null): number =>
    rows
      .filter((row) => because === null || row.because === because)
      .reduce((total, { endpoints }) => total + endpoints, 0);
  if (rows.length === 0) return [];
  const reasons = ['not-current', 'other-cloud', 'other-role'] as const;
  return [
    view.verbose
      ? labels.leftOut({
          'not-current': sum(reasons[0]),
          'other-cloud': sum(reasons[1]),
          'other-role': sum(reasons[2]),
        })
      : words.screen.leftOut(sum(null)),
    ...elsewhere(rows, report.targets, words),
  ];
}

/** The features that a run would speak of, if they had an endpoint in its cloud; no line where there is none. */
export function elsewhere(
  rows: readonly LeftOut[],
  targets: readonly { readonly feature: string }[],
  { screen }: Pick<Paper['words'], 'screen'>,
): readonly string[] {
  const inRun = new Set(targets.map(({ feature }) => feature));
  const names = rows.flatMap(({ feature, because }) => (because === 'other-cloud' ? [harmless(feature, 80)] : []));
  const missing = [...new Set(names)].filter((feature) => !inRun.has(feature));
  return missing.length === 0 ? [] : [screen.elsewhere(missing.join(screen.comma))];
}

/** What to type next: only where something is wrong or missing. */
function next({ report, view, words, answer, labels }: Paper): readonly string[] {
  const [first] = answer.causes;
  if (first === undefined) return [];
  const says = (command: string, text: string): string => `${command}${labels.punctuation.colon}${text}`;
  const failed = report.summary.unreachable + report.summary.degraded > 0;
  return [
    ...(failed ? [says('--format firewall-request=request.md', words.screen.next.request)] : []),
    says(`wayclear explain ${first.root.cause}`, words.screen.next.explain),
    ...(view.verbose ? [] : [says('--verbose', words.screen.next.verbose)]),
  ];
}
