/** The page of a watch: what is open and what to ask for, thirty days, what is over, times by stage. No script. Pure. */
import type { Verdict } from '../model/diagnosis.ts';
import { html, type Markup, nothing } from '../report/html/markup.ts';
import { style as reportStyle } from '../report/html/style.ts';
import type { StoredIncident, TargetState } from '../store/store.ts';
import { looksToClose, type Memory } from '../watch/compare.ts';
import { minuteOf } from '../watch/event-text.ts';
import { attributeWords, type ServeWords, type Words } from '../words/contract.ts';
import { daysDrawing, stagesDrawing } from './drawings.ts';
import { languageChoices, pageOf } from './shell.ts';
import type { Watched } from './watched.ts';

/** What a colour stands for. */
const key = (name: string): Markup =>
  html`<svg aria-hidden="true" viewBox="0 0 10 10"><rect class="${name}" width="10" height="10" rx="2"></rect></svg>`;

/** The style of reports, and what only this page has. */
export const style = `${reportStyle}
rect.reachable{fill:var(--good)}rect.degraded{fill:var(--some)}rect.unreachable{fill:var(--bad)}rect.untested{fill:var(--line)}rect.nobody{fill:none;stroke:var(--line);vector-effect:non-scaling-stroke}
.lines{border-collapse:collapse;width:100%}.lines th,.lines td{padding:.4rem .7rem;text-align:left;border-top:1px solid var(--line);vertical-align:middle}
.lines .ms,.lines time{white-space:nowrap;font-variant-numeric:tabular-nums}.lines .ms{text-align:right}.lines .cause{min-width:12rem}
.lines td svg{display:block;width:100%;min-width:8rem;max-width:30rem;overflow:visible}.lines th svg{width:.7em;height:.7em}
.legend{margin:.2rem 0 .5rem}
@media (max-width:30rem){.lines th,.lines td{padding:.4rem}.lines td svg{min-width:6rem}.lines .cause{min-width:10rem}}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;padding:0}nav [aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
`;

const stages = ['dns', 'tcp', 'tunnel', 'tls', 'http'] as const;
const dayMs = 86_400_000;
const mostHosts = 200;

interface Sheet {
  readonly watched: Watched;
  readonly words: Words;
  readonly serve: ServeWords;
  /** Titles of features; ids where a feature has none. */
  title(feature: string): string;
  readonly fleet: FleetLink | null;
}

/** The page of a fleet that this machine is one of. */
export interface FleetLink {
  /** From this page to that one, and to what both have. */
  readonly path: string;
  readonly title: string;
  /** What tells this machine from others of its name. */
  readonly key: string;
  /** What is strange about it. */
  readonly notes: readonly string[];
}

const notesPart = ({ fleet }: Sheet): Markup =>
  fleet === null || fleet.notes.length === 0
    ? nothing
    : html`<ul class="notes">${fleet.notes.map((note) => html`<li>${note}</li>`)}</ul>`;

/** It may break after its dots: neither a label nor the port is cut in two where that can be helped. */
const hostName = (host: string): Markup =>
  html`<code>${host.split('.').map((label, index) => (index === 0 ? label : html`.<wbr>${label}`))}</code>`;

function hostList(hosts: readonly string[], { labels }: Words): Markup {
  const more = hosts.length > mostHosts ? html`<li>${labels.more(hosts.length - mostHosts)}</li>` : nothing;
  return html`<ul class="hosts">${hosts.slice(0, mostHosts).map((host) => html`<li>${hostName(host)}</li>`)}${more}</ul>`;
}

/** A list under its title; nothing where it is empty. */
export const sentences = (title: string, texts: readonly string[]): Markup =>
  texts.length === 0 ? nothing : html`<h4>${title}</h4><ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>`;

function openCard({ incident, memory }: StoredIncident, { watched, words, serve }: Sheet): Markup {
  const { labels, watch } = words;
  const { severity, shared, state, unstable, firstSeenAt, openedAt, evidenceThen, evidenceNow } = incident;
  const began = Date.parse(openedAt ?? firstSeenAt);
  const same = evidenceThen.join('\n') === evidenceNow.join('\n');
  const left = looksToClose(incident, memory as Partial<Memory> | null);
  const tags = [
    html`<span class="tag">${labels.severities[severity]}</span>`,
    ...(state === 'suspected' ? [html`<span>${watch.states.suspected}</span>`] : []),
    ...(unstable ? [html`<span>${watch.unstable}</span>`] : []),
    html`<span>${watch.since(minuteOf(began), watch.lasted(Math.max(0, watched.now - began)))}</span>`,
    ...(left === null ? [] : [html`<span>${serve.closing(left)}</span>`]),
  ];
  const common =
    shared === null
      ? nothing
      : html`<p>${labels.text.shared}${labels.punctuation.colon}${attributeWords(words, shared.attribute)} <code>${shared.value}</code></p>`;
  return html`<article class="card ${severity}"><h3>${incident.title} <code>${incident.cause}</code></h3>
<p class="tags">${tags}</p>${common}
<div class="two"><div>${same ? nothing : sentences(watch.evidenceThen, evidenceThen)}${sentences(same ? labels.text.evidence : watch.evidenceNow, evidenceNow)}</div>
<div>${sentences(labels.text.remedies, incident.remedies)}</div></div>
<details open><summary>${labels.text.affected} (${incident.hosts.length})</summary>${hostList(incident.hosts, words)}</details></article>
`;
}

function openPart(sheet: Sheet): Markup {
  const { watched, serve } = sheet;
  const cards = watched.open.map((stored) => openCard(stored, sheet));
  return html`<section aria-labelledby="open"><h2 id="open">${serve.headings.open}</h2>${cards.length === 0 ? html`<p>${serve.calm}</p>` : cards}</section>`;
}

function timelinePart({ watched, words, serve, title }: Sheet): Markup {
  const { features, firstDay } = watched.history;
  const { columns } = words.watch;
  const date = (day: number): string => new Date((firstDay + day) * dayMs).toISOString().slice(0, 10);
  const told = (worst: Verdict | null): string => (worst === null ? serve.nobody : words.labels.verdicts[worst]);
  const rows = features.map(({ feature, worst, reached }) => {
    const titles = worst.map((verdict, day) => `${date(day)}${words.labels.punctuation.colon}${told(verdict)}`);
    const broken = worst.flatMap((verdict, day) =>
      verdict === 'unreachable' || verdict === 'degraded' ? [titles[day] ?? ''] : [],
    );
    return html`<tr><th scope="row">${title(feature)}</th><td>${daysDrawing(worst, serve.timeline(title(feature), worst.length), titles)}<span class="sr">${broken.join(words.screen.comma)}</span></td><td class="ms">${reached === null ? '' : `${Math.floor(reached * 1000) / 10} %`}</td></tr>
`;
  });
  const kinds = [...(['reachable', 'degraded', 'unreachable', 'untested'] as const), null];
  const legend = kinds.map((kind) => html`<li>${key(kind ?? 'nobody')} ${told(kind)}</li>`);
  return html`<section aria-labelledby="timeline"><h2 id="timeline">${serve.headings.timeline}</h2><ul class="legend">${legend}</ul><div class="scroll" tabindex="0" role="group" aria-labelledby="timeline"><table class="lines"><thead><tr><th scope="col">${columns.feature}</th><th scope="col">${columns.days}</th><th scope="col" class="ms">${columns.reached}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function closedPart({ watched, words, serve }: Sheet): Markup {
  const { labels, watch } = words;
  if (watched.closed.length === 0) {
    return html`<section aria-labelledby="closed"><h2 id="closed">${serve.headings.closed}</h2><p>${serve.noClosed}</p></section>`;
  }
  const rows = watched.closed.map(({ incident }) => {
    const { openedAt, firstSeenAt, closedAt, unwatched, title, cause, hosts, evidenceThen } = incident;
    const began = Date.parse(openedAt ?? firstSeenAt);
    const ended = Date.parse(closedAt ?? incident.lastSeenAt);
    const lasted = unwatched === true ? watch.kinds.unwatched : watch.lasted(Math.max(0, ended - began));
    const time = html`<time datetime="${new Date(began).toISOString()}">${minuteOf(began)}</time>`;
    return html`<tr><th scope="row" class="cause">${title} <code>${cause}</code><details><summary>${labels.text.evidence}</summary>${sentences(watch.evidenceThen, evidenceThen)}${hostList(hosts, words)}</details></th><td>${time}</td><td class="ms">${lasted}</td><td class="ms">${hosts.length}</td></tr>
`;
  });
  return html`<section aria-labelledby="closed"><h2 id="closed">${serve.headings.closed}</h2><div class="scroll" tabindex="0" role="group" aria-labelledby="closed"><table class="lines"><thead><tr><th scope="col">${labels.text.cause}</th><th scope="col">${watch.columns.opened}</th><th scope="col" class="ms">${watch.columns.lasted}</th><th scope="col" class="ms">${watch.columns.hosts}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** Mean milliseconds of each stage over the targets of a feature that passed it. */
export function meansOf(states: readonly TargetState[]): ReadonlyMap<string, readonly (number | null)[]> {
  const sums = new Map<string, { readonly ms: number[]; readonly counts: number[] }>();
  for (const { feature, stages: times } of states) {
    const sum = sums.get(feature) ?? { ms: stages.map(() => 0), counts: stages.map(() => 0) };
    sums.set(feature, sum);
    for (const [at, ms] of times.entries()) {
      if (ms === null) continue;
      sum.ms[at] = (sum.ms[at] ?? 0) + ms;
      sum.counts[at] = (sum.counts[at] ?? 0) + 1;
    }
  }
  return new Map(
    [...sums].map(([feature, { ms, counts }]) => [
      feature,
      ms.map((sum, at) => (counts[at] === 0 ? null : sum / (counts[at] ?? 1))),
    ]),
  );
}

function timesPart({ watched, words, serve, title }: Sheet): Markup {
  const { labels, watch } = words;
  const means = meansOf(watched.states);
  if (means.size === 0) return nothing;
  const totalOf = (times: readonly (number | null)[]): number => times.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
  const longest = Math.max(...[...means.values()].map(totalOf));
  const shown = (ms: number | null): string => (ms === null ? '–' : labels.duration(ms));
  const rows = [...means].map(([feature, times]) => {
    const parts = stages.map((stage, at) => [stage, times[at] ?? 0] as const);
    return html`<tr><th scope="row">${title(feature)}</th><td>${stagesDrawing(parts, longest, serve.times(title(feature)))}</td>${times.map((ms) => html`<td class="ms">${shown(ms)}</td>`)}<td class="ms">${labels.duration(totalOf(times))}</td></tr>
`;
  });
  const heads = stages.map((stage) => html`<th scope="col" class="ms">${key(stage)} ${labels.stages[stage]}</th>`);
  return html`<section aria-labelledby="times"><h2 id="times">${serve.headings.times}</h2><div class="scroll" tabindex="0" role="group" aria-labelledby="times"><table class="lines"><thead><tr><th scope="col">${watch.columns.feature}</th><th scope="col">${watch.columns.times}</th>${heads}<th scope="col" class="ms">${serve.total}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function head(sheet: Sheet): Markup {
  const { watched, words, serve } = sheet;
  const { look, open } = watched;
  const since = watched.silentSince;
  const sure = open.filter(({ incident }) => incident.state === 'open').length;
  const verdict = look === null ? serve.nothingYet : sure === 0 ? serve.calm : serve.wrong(sure);
  const to = sheet.fleet;
  const up = to === null ? nothing : html`<p><a href="${to.path}?lang=${words.lang}">${to.title}</a></p>`;
  return html`<header>${up}<p class="dim">${serve.title(watched.machine)}${to === null ? nothing : html` <code>${to.key}</code>`}</p><h1>${verdict}</h1>
${since === null ? nothing : html`<p class="early">${serve.late(minuteOf(since))}</p>`}
${look === null ? nothing : html`<p>${serve.lastLook(minuteOf(look.startedAt))}${watched.report === null ? nothing : html` · <a href="report?lang=${words.lang}">${serve.report}</a>`}</p>`}
${notesPart(sheet)}${languageChoices(words, serve.languages)}</header>`;
}

/** The page of a watch in one language. */
export function watchPage(
  watched: Watched,
  words: Words,
  serve: ServeWords,
  { title, fleet = null }: { title(feature: string): string; readonly fleet?: FleetLink | null },
): string {
  const sheet: Sheet = { watched, words, serve, title, fleet };
  const parts = [openPart(sheet), timelinePart(sheet), timesPart(sheet), closedPart(sheet)];
  return pageOf({
    ...{ lang: words.lang, title: serve.title(watched.machine), style: `${fleet?.path ?? ''}style.css` },
    body: html`${head(sheet)}
<main>${watched.look === null ? nothing : parts}</main>`,
  });
}
