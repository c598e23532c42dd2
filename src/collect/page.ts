/** The fleet as a page: what is broken, where, since when, whose; a matrix; who is silent. No script. Pure. */
import { harmless } from '../harmless.ts';
import type { Verdict } from '../model/diagnosis.ts';
import type { FleetReport, Look } from '../model/fleet.ts';
import { type FleetLanguage, traitText } from '../report/fleet-report.ts';
import type { Sender } from '../store/collected.ts';
import type { CollectWords } from '../words/contract.ts';
import type { FleetView } from './fleet-view.ts';

export interface PageLanguage extends FleetLanguage {
  readonly collect: CollectWords;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (value: string): string => harmless(value, 500).replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);

export const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:1rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:.5rem 0}th,td{border:1px solid #767676;padding:.25rem .6rem;text-align:left;vertical-align:top}
h1{font-size:1.5rem}h2{font-size:1.2rem}dt{font-weight:600}dd{margin:0 0 .4rem 1.2rem}article{border:1px solid #767676;padding:.2rem 1rem;margin:.6rem 0}
`;

/** Machines and rows that a page shows; the interface has them all. */
const most = 200;

const verdicts: readonly Verdict[] = ['untested', 'reachable', 'degraded', 'unreachable'];

/** Of each site and feature the worst verdict, and how many machines have it. */
export function matrixOf(looks: readonly Look[]): {
  readonly features: readonly string[];
  readonly sites: ReadonlyMap<string, ReadonlyMap<string, { readonly verdict: Verdict; readonly machines: number }>>;
} {
  const sites = new Map<string, Map<string, { verdict: Verdict; machines: number }>>();
  const features = new Set<string>();
  for (const look of looks) {
    const site = look.traits.find(({ attribute }) => attribute === 'label:site')?.value ?? '';
    const row = sites.get(site) ?? new Map<string, { verdict: Verdict; machines: number }>();
    sites.set(site, row);
    const own = new Map<string, Verdict>();
    for (const { targets, verdict } of look.endpoints) {
      for (const target of targets) {
        const feature = target.slice(0, Math.max(0, target.indexOf('/')));
        const before = own.get(feature) ?? 'untested';
        own.set(feature, verdicts.indexOf(verdict) > verdicts.indexOf(before) ? verdict : before);
      }
    }
    for (const [feature, verdict] of own) {
      features.add(feature);
      const cell = row.get(feature);
      if (cell === undefined || verdicts.indexOf(verdict) > verdicts.indexOf(cell.verdict)) {
        row.set(feature, { verdict, machines: 1 });
      } else if (cell.verdict === verdict) cell.machines += 1;
    }
  }
  const sorted = [...sites].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { features: [...features].sort(), sites: new Map(sorted) };
}

function explanationPart(report: FleetReport, language: PageLanguage): string {
  const { words, fleet } = language;
  const { labels, screen } = words;
  return report.explanations
    .slice(0, most)
    .map((one) => {
      const where =
        one.scope === 'group'
          ? fleet.group(one.shared === null ? '' : traitText(language, one.shared))
          : fleet.scopes[one.scope];
      const some = (list: readonly string[]): string =>
        `${list.slice(0, 20).map(text).join(', ')}${list.length > 20 ? ` ${text(labels.more(list.length - 20))}` : ''}`;
      const field = (name: string, value: string): string => `<dt>${text(name)}</dt><dd>${value}</dd>`;
      return `<article><h3>${one.number}. ${text(one.title)} (${text(one.cause)}${screen.comma}${text(screen.grade(labels.severities[one.severity], labels.confidences[one.confidence]))})</h3><dl>${[
        field(fleet.fields.where, text(where)),
        field(fleet.fields.machines, `${one.machines.length}: ${some(one.machines)}`),
        one.endpoints.length === 0 ? '' : field(fleet.fields.endpoints, some(one.endpoints)),
        field(fleet.fields.since, text(fleet.since(one.since, one.fineUntil))),
        field(fleet.fields.evidence, one.evidence.map(text).join('<br>')),
        field(fleet.fields.remedies, one.remedies.map(text).join('<br>')),
        field(fleet.fields.ask, text(fleet.owners[one.owner])),
      ].join('')}</dl></article>`;
    })
    .join('\n');
}

function matrixPart(looks: readonly Look[], { words, collect }: PageLanguage): string {
  const { features, sites } = matrixOf(looks);
  if (sites.size === 0) return '';
  const head = `<tr><th scope="col">${text(collect.site)}</th>${features.map((name) => `<th scope="col">${text(name)}</th>`).join('')}</tr>`;
  const rows = [...sites].slice(0, most).map(([site, row]) => {
    const cells = features.map((feature) => {
      const cell = row.get(feature);
      return `<td>${cell === undefined ? '' : `${text(words.labels.verdicts[cell.verdict])} (${cell.machines})`}</td>`;
    });
    return `<tr><th scope="row">${text(site === '' ? collect.elsewhere : site)}</th>${cells.join('')}</tr>`;
  });
  return `<h2>${text(collect.headings.matrix)}</h2><table>${head}${rows.join('')}</table>`;
}

function senderPart(heading: string, senders: readonly Sender[], { collect, words }: PageLanguage): string {
  if (senders.length === 0) return `<h2>${text(heading)}</h2><p>${text(collect.nobody)}</p>`;
  const head = (['machine', 'fingerprint', 'last', 'notes'] as const).map(
    (name) => `<th scope="col">${text(collect.columns[name])}</th>`,
  );
  const rows = senders.slice(0, most).map((sender) => {
    const notes = notesOf(sender, collect, words.labels.duration);
    return `<tr><td>${text(sender.name)}</td><td><code>${text(sender.fingerprint)}</code></td><td>${new Date(sender.lastAt).toISOString()}</td><td>${notes.map(text).join('<br>')}</td></tr>`;
  });
  const rest = senders.length > most ? `<p>${text(words.labels.more(senders.length - most))}</p>` : '';
  return `<h2>${text(heading)}</h2><table><tr>${head.join('')}</tr>${rows.join('')}</table>${rest}`;
}

/** A clock that is off by less hurts nothing. */
const skewMs = 300_000;

/** What is worth saying of a sender. */
export function notesOf(
  { skewMs: off, conflicts, dropped }: Sender,
  words: CollectWords,
  duration: (ms: number) => string,
): readonly string[] {
  return [
    ...(Math.abs(off) > skewMs ? [words.skew(duration(Math.abs(off)))] : []),
    ...(conflicts > 0 ? [words.conflicts(conflicts)] : []),
    ...(dropped > 0 ? [words.droppedBy(dropped)] : []),
  ];
}

export function fleetPage(
  report: FleetReport,
  view: FleetView,
  { limit, query }: { readonly limit: number; readonly query: string },
  language: PageLanguage,
): string {
  const { fleet, collect, words } = language;
  const { explanations, machines } = report;
  const failing = new Set(explanations.flatMap((one) => one.machines)).size;
  const line =
    explanations.length === 0
      ? fleet.allFine(machines.all)
      : fleet.headline(failing, machines.all, explanations.length);
  const wanted = query.toLowerCase();
  const found = view.senders.filter(
    ({ name, fingerprint, egress }) =>
      wanted === '' || [name, fingerprint, egress].some((said) => said.toLowerCase().includes(wanted)),
  );
  const { stored, refused } = view.window;
  return `<!doctype html><html lang="${words.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>wayclear: ${text(collect.title)}</title><link rel="stylesheet" href="/style.css"></head><body><main>
<h1>${text(collect.title)}</h1><p>${text(line)}</p>
<h2>${text(fleet.headings.explanations)}</h2>${explanations.length === 0 ? `<p>${text(words.labels.text.none)}</p>` : explanationPart(report, language)}
${matrixPart(view.looks, language)}
${senderPart(collect.headings.silent, view.silent, language)}
${senderPart(collect.headings.waiting, view.waiting, language)}
<h2>${text(collect.headings.intake)}</h2><p>${text(collect.intake(stored, limit, refused))}</p>
<form action="/" method="get"><label>${text(collect.headings.search)} <input name="q" value="${text(query)}"></label></form>
${senderPart(collect.headings.machines, found, language)}
</main></body></html>
`;
}
