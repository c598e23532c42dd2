/** The fleet as a page: what is broken, where, since when, whose; a matrix; who is silent; every machine. No script. Pure. */
import type { Verdict } from '../model/diagnosis.ts';
import type { FleetExplanation, FleetReport, Look } from '../model/fleet.ts';
import { type FleetLanguage, headlineOf, placeText, traitText } from '../report/fleet-report.ts';
import { html, type Markup, nothing } from '../report/html/markup.ts';
import { sentences, style as watchStyle } from '../serve/page.ts';
import { languageChoices, pageOf } from '../serve/shell.ts';
import type { Sender } from '../store/collected.ts';
import { minuteOf } from '../watch/event-text.ts';
import type { CollectWords, ServeWords } from '../words/contract.ts';
import type { FleetView } from './fleet-view.ts';
import { matrixOf, siteOf } from './matrix.ts';

export interface PageLanguage extends FleetLanguage {
  readonly collect: CollectWords;
  readonly serve: ServeWords;
}

/** The style of a watch, and what only this page has. */
export const style = `${watchStyle}.fleet thead th{font-size:.82rem;color:var(--dim);white-space:nowrap;border-top:0}
.fleet.lines td,.fleet tbody th{white-space:nowrap;vertical-align:top}.fleet.lines td.many{white-space:normal;min-width:12rem}header+main>.scroll{margin-top:1rem}
.fleet.matrix thead th{white-space:normal;vertical-align:bottom}.notes{color:var(--some)}
.find{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin:0 0 .8rem}.find label{display:flex;flex-direction:column;font-size:.82rem;color:var(--dim)}
.find button{font:inherit;height:2.2rem;padding:0 1rem;border:1px solid var(--dim);border-radius:6px;background:var(--card);color:var(--ink);cursor:pointer}
button:focus-visible{outline:3px solid var(--link);outline-offset:2px}
`;

/** Rows that a page shows; the interface has them all. */
export const mostRows = 200;
const mostNames = 8;

interface Sheet {
  readonly report: FleetReport;
  readonly view: FleetView;
  readonly limit: number;
  /** What is searched for, in lower case. */
  readonly query: string;
  readonly language: PageLanguage;
  /** Of machines by their keys. */
  readonly looks: ReadonlyMap<string, Look>;
  /** Where a machine of that name has its page; null where several have it, or none. */
  pageOf(name: string): string | null;
}

const path = (fingerprint: string, { language }: Pick<Sheet, 'language'>): string =>
  `machines/${fingerprint}/?lang=${language.words.lang}`;

const linked = (name: string, to: string | null): Markup =>
  to === null ? html`${name}` : html`<a href="${to}">${name}</a>`;

/** So many of a list, the rest behind a click. */
function names(
  all: readonly string[],
  markupOf: (name: string) => Markup,
  title: string,
  more: (count: number) => string,
): Markup {
  const shown = all.slice(0, mostRows);
  const rest = all.length > shown.length ? html`<li>${more(all.length - shown.length)}</li>` : nothing;
  const list = html`<ul class="hosts">${shown.map((name) => html`<li>${markupOf(name)}</li>`)}${rest}</ul>`;
  return all.length <= mostNames
    ? html`<h4>${title} (${all.length})</h4>${list}`
    : html`<details><summary>${title} (${all.length})</summary>${list}</details>`;
}

function card(one: FleetExplanation, sheet: Sheet): Markup {
  const { words, fleet } = sheet.language;
  const { labels } = words;
  const { colon } = labels.punctuation;
  const machine = (name: string): Markup => linked(name, sheet.pageOf(name));
  const endpoint = (name: string): Markup => html`<code>${name}</code>`;
  const others = one.alike.map((trait) => traitText(sheet.language, trait)).join(words.screen.comma);
  const alike =
    others === ''
      ? nothing
      : html`<p><b>${fleet.fields.alike}${colon}</b>${others}</p>
`;
  return html`<article class="card ${one.severity}"><h3><span class="num">${one.number}</span> ${one.title} <code>${one.cause}</code></h3>
<p class="tags"><span class="tag">${labels.severities[one.severity]}</span><span>${labels.confident(one.confidence)}</span><span class="who">${fleet.owners[one.owner]}</span></p>
<p><b>${fleet.fields.where}${colon}</b>${placeText(one, sheet.language)}</p>
${alike}<p><b>${fleet.fields.since}${colon}</b>${fleet.since(minuteOf(Date.parse(one.since)), one.fineUntil === null ? null : minuteOf(Date.parse(one.fineUntil)))}</p>
<div class="two"><div>${sentences(fleet.fields.evidence, one.evidence)}</div><div>${sentences(fleet.fields.remedies, one.remedies)}</div></div>
<div class="two"><div>${names(one.machines, machine, fleet.fields.machines, labels.more)}</div><div>${one.endpoints.length === 0 ? nothing : names(one.endpoints, endpoint, fleet.fields.endpoints, labels.more)}</div></div></article>
`;
}

const section = (id: string, title: string, body: Markup): Markup =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>
`;

/** One that scrolls by itself where it is wide, for the keyboard as well. */
export const table = (
  labelledBy: string,
  kind: 'lines' | 'matrix',
  heads: readonly string[],
  rows: readonly Markup[],
) =>
  html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${labelledBy}"><table class="fleet ${kind}"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;

function brokenPart(sheet: Sheet): Markup {
  const { explanations } = sheet.report;
  const { fleet, words } = sheet.language;
  const { more } = words.labels;
  const cards = explanations.slice(0, mostRows).map((one) => card(one, sheet));
  const rest = explanations.length > mostRows ? html`<p>${more(explanations.length - mostRows)}</p>` : nothing;
  const body = cards.length === 0 ? html`<p>${words.labels.text.none}</p>` : html`${cards}${rest}`;
  return section('explanations', fleet.headings.explanations, body);
}

const tones: Readonly<Record<Verdict, string>> = {
  unreachable: 'bad',
  degraded: 'some',
  reachable: 'good',
  untested: 'none',
};

function matrixPart({ view, language: { words, collect } }: Sheet): Markup {
  const { features, sites } = matrixOf(view.looks, new Set(view.silent.map(({ fingerprint }) => fingerprint)));
  if (sites.size === 0) return nothing;
  const isSilent = view.silent.length > 0;
  const rows = [...sites].slice(0, mostRows).map(([site, row]) => {
    const cells = features.map((feature) => {
      const cell = row.features.get(feature);
      return cell === undefined
        ? html`<td class="none">–</td>`
        : html`<td class="${tones[cell.verdict]}">${words.labels.verdicts[cell.verdict]} (${cell.machines})</td>`;
    });
    const unheard = isSilent ? html`<td class="${row.silent > 0 ? 'some' : 'none'}">${row.silent}</td>` : nothing;
    return html`<tr><th scope="row">${site === '' ? collect.elsewhere : site}</th>${cells}${unheard}</tr>`;
  });
  const rest = sites.size > mostRows ? html`<p>${words.labels.more(sites.size - mostRows)}</p>` : nothing;
  const heads = [
    ...[collect.site, ...features.map((id) => (id === 'ad-hoc' ? words.screen.typed : id))],
    ...(isSilent ? [collect.headings.silent] : []),
  ];
  const body = html`${table('matrix', 'matrix', heads, rows)}${rest}`;
  return section('matrix', collect.headings.matrix, body);
}

function sendersTable(id: string, senders: readonly Sender[], sheet: Sheet): Markup {
  const { collect, words } = sheet.language;
  if (senders.length === 0) return html`<p>${collect.nobody}</p>`;
  const rows = senders.slice(0, mostRows).map((sender) => {
    const { name, fingerprint, lastAt, state } = sender;
    const notes = notesOf(sender, collect, words.labels.duration);
    const look = sheet.looks.get(fingerprint);
    const causes = [...new Set((look?.causes ?? []).map(({ cause }) => cause))];
    const to = state === 'admitted' ? path(fingerprint, sheet) : null;
    return html`<tr><th scope="row">${linked(name, to)}</th><td>${look === undefined ? '' : siteOf(look)}</td><td class="many">${causes.map((cause) => html`<code>${cause}</code> `)}</td><td>${minuteOf(lastAt)}</td><td><code>${fingerprint}</code></td><td class="many">${notes.join('; ')}</td></tr>
`;
  });
  const { machine, last, fingerprint, notes } = collect.columns;
  const heads = [machine, collect.site, words.labels.text.cause, last, fingerprint, notes];
  const rest = senders.length > mostRows ? html`<p>${words.labels.more(senders.length - mostRows)}</p>` : nothing;
  return html`${table(id, 'lines', heads, rows)}${rest}`;
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

/** By name, key, address, what it shares with others, or what is wrong with it. */
function found({ view, query, looks }: Sheet): readonly Sender[] {
  const says = (text: string): boolean => text.toLowerCase().includes(query);
  const sorted = (some: readonly Sender[]): readonly Sender[] =>
    [...some].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (query === '') return sorted(view.senders);
  const all = view.senders.filter(({ name, fingerprint, egress }) => {
    const look = looks.get(fingerprint);
    return (
      [name, fingerprint, egress].some(says) ||
      (look?.traits ?? []).some(({ value }) => says(value)) ||
      (look?.causes ?? []).some(({ cause, endpoints }) => says(cause) || endpoints.some(says))
    );
  });
  return sorted(all);
}

function machinesPart(sheet: Sheet): Markup {
  const { collect, words } = sheet.language;
  const form = html`<form class="find" action="#machines" method="get"><input type="hidden" name="lang" value="${words.lang}"><label>${collect.headings.search}<input type="search" name="q" value="${sheet.query}" maxlength="100"></label><button>${collect.headings.search}</button></form>`;
  return section('machines', collect.headings.machines, html`${form}${sendersTable('machines', found(sheet), sheet)}`);
}

function head({ report, view, query, language }: Sheet): Markup {
  const { fleet, collect, words, serve } = language;
  const { incomplete } = report.machines;
  const silent = view.silent.length;
  const notes = [
    ...(silent === 0 ? [] : [`${collect.headings.silent}${words.labels.punctuation.colon}${silent}`]),
    ...(incomplete === 0 ? [] : [fleet.incomplete(incomplete)]),
  ];
  const kept = query === '' ? '' : `q=${encodeURIComponent(query)}`;
  return html`<header><p class="dim">${collect.title}</p><h1>${headlineOf(report, language)}</h1>
${notes.map((note) => html`<p class="notes">${note}</p>`)}
<p><a href="#machines">${collect.headings.machines}</a> · <a href="audit?lang=${words.lang}">${collect.headings.audit}</a></p>
${languageChoices(words, serve.languages, kept)}</header>`;
}

export function fleetPage(
  report: FleetReport,
  view: FleetView,
  { limit, query }: { readonly limit: number; readonly query: string },
  language: PageLanguage,
): string {
  const { collect, words } = language;
  const byName = new Map<string, Sender | null>();
  for (const sender of view.senders) byName.set(sender.name, byName.has(sender.name) ? null : sender);
  const sheet: Sheet = {
    ...{ report, view, limit, language, query: query.trim().toLowerCase() },
    looks: new Map(view.looks.map((look) => [look.machine, look])),
    pageOf(name) {
      const sender = byName.get(name) ?? null;
      return sender === null ? null : path(sender.fingerprint, { language });
    },
  };
  const { stored, refused } = view.window;
  return pageOf({
    ...{ lang: words.lang, title: collect.title, style: 'style.css' },
    body: html`${head(sheet)}
<main>${brokenPart(sheet)}${matrixPart(sheet)}${section('silent', collect.headings.silent, sendersTable('silent', view.silent, sheet))}${section('waiting', collect.headings.waiting, sendersTable('waiting', view.waiting, sheet))}${machinesPart(sheet)}${section('intake', collect.headings.intake, html`<p>${collect.intake(stored, limit, refused)}</p>`)}</main>`,
  });
}
