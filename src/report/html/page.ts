import { createHash } from 'node:crypto';
import type { Report } from '../../model/report.ts';
import type { Words } from '../../words/contract.ts';
import { wordsOf } from '../../words/load.ts';
import { answerOf } from '../answer.ts';
import { requestHead, sectionText } from '../firewall-request.ts';
import { requestsOf } from '../requests.ts';
import { incompleteness } from '../verdict-line.ts';
import type { View } from '../view.ts';
import { causeCards } from './causes.ts';
import { chainDrawings } from './chains.ts';
import { featureMatrix } from './features.ts';
import { html, Markup, nothing } from './markup.ts';
import { script } from './script.ts';
import type { Sheet } from './sheet.ts';
import { style } from './style.ts';
import { targetList } from './targets.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing is loaded from anywhere, and nothing runs but the style and the script that stand in the page. */
const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;

/** As every report says it: what the run did not get to, first of all. */
function verdictOf({ report, answer, words, labels }: Sheet): string {
  const { reachable, degraded, unreachable } = report.summary;
  const tested = reachable + degraded + unreachable;
  const broken = degraded + unreachable;
  const isFine = broken === 0 && answer.causes.length === 0;
  const found = isFine ? words.page.fine(tested) : words.page.verdict(broken, tested, answer.causes.length);
  const says = [incompleteness(report, words) ?? '', tested === 0 ? '' : found].filter((text) => text !== '');
  return says.join(labels.punctuation.gap).replace(/[.\u3002]$/, '');
}

/** The status message of the role, and those of features. */
function messages({ report, answer, words }: Sheet): Markup {
  const { status } = report;
  const titles = new Map(answer.features.map(({ feature, title }) => [feature, title]));
  const raised = status === null ? [] : [[status.messageId, words.messages[status.messageId]] as const];
  const features = (status?.raised ?? []).map(
    ({ messageId, feature }) => [messageId, words.messages[11488](titles.get(feature) ?? feature)] as const,
  );
  const items = [...raised, ...features].map(([id, text]) => html`<li><b>${id}</b> ${text}</li>`);
  return items.length === 0 ? nothing : html`<ul class="messages">${items}</ul>`;
}

function head(sheet: Sheet): Markup {
  const { report, words, labels } = sheet;
  const { page } = words;
  const { machine, summary, environment } = report;
  const routes = [...new Set(report.targets.map(({ route }) => route))].slice(0, 4);
  const facts: readonly (readonly [string, string])[] = [
    [page.measured, `${report.startedAt.slice(0, 19).replace('T', ' ')} UTC, ${labels.duration(report.durationMs)}`],
    ...(machine == null ? [] : [[page.machine, [machine.name, ...machine.addresses].join(', ')] as const]),
    [page.route, routes.join(', ')],
    [labels.text.resolvers, environment.resolvers.join(', ')],
  ];
  const tiles = (['unreachable', 'degraded', 'reachable', 'untested'] as const).map(
    (name) =>
      html`<li class="${name}${summary[name] === 0 ? ' zero' : ''}"><b>${summary[name]}</b> ${labels.verdicts[name]}</li>`,
  );
  return html`<header><a class="skip" href="#targets">${page.skip}</a>
<h1>${verdictOf(sheet)}</h1>${messages(sheet)}
<ul class="tiles">${tiles}</ul>
<dl class="facts">${facts.flatMap(([name, value]) => (value === '' ? [] : [html`<div><dt>${name}</dt><dd>${value}</dd></div>`]))}</dl>
</header>`;
}

function checks({ report, labels }: Sheet): Markup {
  if (report.checks.length === 0) return nothing;
  const signs = { pass: '✓', warn: '!', fail: '✗', untested: '–' } as const;
  const rows = report.checks.map(
    ({ id, verdict, detail }) =>
      html`<li class="${verdict}"><b>${signs[verdict]} ${labels.checkVerdicts[verdict]}</b> <code>${id}</code><p>${detail}</p></li>
`,
  );
  return html`<section aria-labelledby="checks"><h2 id="checks">${labels.text.checks}</h2>
<ul class="checks">${rows}</ul></section>`;
}

/** Destinations that the request in a card names one by one. */
const mostAsked = 200;

/** The request that a cause calls for, ready to be copied. */
function requestText(report: Report, words: Words): Sheet['request'] {
  const head = requestHead(report, words);
  const sections = new Map(requestsOf(report, words).map((section) => [section.number, section]));
  return (number) => {
    const section = sections.get(number);
    if (section === undefined) return nothing;
    const lines = `${head}\n${sectionText(section, words, mostAsked)}`.split('\n').map((line) => html`${line}\n`);
    return html`<details><summary>${words.page.request}</summary><pre tabindex="0">${lines}</pre></details>`;
  };
}

/** The report as one page that needs nothing else: no network, no script, no colour, and prints as well. */
export function renderHtml(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const sheet: Sheet = {
    report,
    answer: answerOf(report, words),
    words,
    labels: words.labels,
    request: requestText(report, words),
  };
  const body = [causeCards(sheet), featureMatrix(sheet), targetList(sheet), chainDrawings(sheet), checks(sheet)];
  return html`<!doctype html>
<html lang="${view.lang}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<title>${verdictOf(sheet)} – wayclear</title>
<style>${new Markup(style)}</style></head>
<body>${head(sheet)}
<main>${body}</main>
<footer>${words.page.print} ${report.tool.version}</footer>
<script>${new Markup(script)}</script></body></html>
`.text;
}
