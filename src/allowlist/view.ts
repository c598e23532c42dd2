import { entryOf } from '../entry.ts';
import { groupedBy } from '../grouped.ts';
import { harmless } from '../harmless.ts';
import { featureTitles, type Words } from '../words/contract.ts';
import type { Language } from '../words/language.ts';
import type { AllowList, Rule } from './rules.ts';

/** How an allow-list shall present. */
export interface AllowListView {
  readonly words: Words;
  readonly lang: Language;
  /** What a PAC file answers for everything else, as in `PROXY proxy.example.com:8080`; null: nothing was named. */
  readonly proxy: string | null;
}

/** A format as one text: a pure function of list and view. */
export type RenderAllowList = (list: AllowList, view: AllowListView) => string;

/** Why a product can't be told of a destination. */
export type Inexpressible = 'template' | 'invalid' | 'udp' | 'wildcard' | 'network' | 'port' | 'address';

/** Sorted out by what a product can be told. */
export function sorted(
  rules: readonly Rule[],
  refusal: (rule: Rule) => Inexpressible | null,
): { readonly expressed: readonly Rule[]; readonly left: readonly (readonly [Rule, Inexpressible])[] } {
  const left = rules.flatMap((rule) => {
    const why = rule.kind === 'template' || rule.kind === 'invalid' ? rule.kind : refusal(rule);
    return why === null ? [] : [[rule, why] as const];
  });
  const without = new Set(left.map(([rule]) => rule));
  return { expressed: rules.filter((rule) => !without.has(rule)), left };
}

/** What stands above the rules, as lines of a comment: where they come from, and what is not among them. */
export function preface(
  list: AllowList,
  left: readonly (readonly [Rule, Inexpressible])[],
  { words }: AllowListView,
): readonly string[] {
  const { rules } = words;
  const { measured, notOpened, version } = list;
  return [
    measured === null ? rules.documented(version) : rules.failed(version, measured.at, measured.sources.join(', ')),
    ...(list.rules.length === 0 ? [rules.nothing] : []),
    ...together(left).map(([members, why]) => rules.left[why](destinations(members), members[0]?.parameters ?? [])),
    ...notOpened.map((row) =>
      rules.notOpened(row.destination, words.causes[row.cause].title, words.request.owners[row.owner]),
    ),
  ].map((line) => harmless(line, 1000));
}

/** What differs in the port alone. */
function together(
  left: readonly (readonly [Rule, Inexpressible])[],
): readonly (readonly [readonly Rule[], Inexpressible])[] {
  const groups = groupedBy(left, ([{ pattern, protocol }, why]) => JSON.stringify([pattern, protocol, why]));
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(([, why]) => [group.map(([rule]) => rule), why] as const),
  );
}

/** `pattern TCP 443, 8530-8531`. */
function destinations(rules: readonly Rule[]): string {
  const spans: [number, number][] = [];
  for (const { port } of [...rules].sort((a, b) => a.port - b.port)) {
    const last = spans.at(-1);
    if (last !== undefined && port <= last[1] + 1) last[1] = port;
    else spans.push([port, port]);
  }
  const ports = spans.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
  return `${rules[0]?.pattern ?? ''} ${(rules[0]?.protocol ?? '').toUpperCase()} ${ports}`;
}

/** Why it is as important as it is; what a catalog of somebody's own says is shown as it is. */
export const reasonOf = ({ importanceReason }: Rule, { words }: AllowListView): string | null =>
  importanceReason === null ? null : (entryOf(words.importance, importanceReason) ?? importanceReason);

/** Titles of the features that need it. */
export const titles = (list: AllowList, { features }: Rule, { words }: AllowListView): readonly string[] =>
  features.map(featureTitles(words, list.features));
