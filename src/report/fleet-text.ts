/** The answer about many machines, for eyes. */
import { harmless } from '../harmless.ts';
import type { Severity } from '../model/catalog.ts';
import type { FleetExplanation, FleetReport } from '../model/fleet.ts';
import { hostAndPort } from '../text-bounds.ts';
import { type FleetLanguage, headlineOf, placeText, traitText } from './fleet-report.ts';
import { harmlessJson } from './json.ts';
import { type Cell, drawTable, paint, type Style } from './table.ts';
import { severityMarks } from './verdict-line.ts';
import type { View } from './view.ts';
import { displayWidth, hang } from './wrap.ts';

const severityStyles: Readonly<Record<Severity, Style>> = { critical: 'red', warning: 'yellow', informational: 'cyan' };

/** Names and rows that are shown; the JSON has them all, and so has the verbose view. */
const fewNames = 8;
const fewRows = 40;

export function renderFleetJson(report: FleetReport): string {
  return `${harmlessJson(report, 2)}\n`;
}

export function renderFleetTable(report: FleetReport, language: FleetLanguage, view: View): string {
  const { fleet } = language;
  const { machines, reports, explanations } = report;
  const isFine = explanations.length === 0 && machines.fine === machines.all;
  const worst = explanations[0]?.severity ?? null;
  const mark = isFine ? '✓' : severityMarks[worst ?? 'warning'];
  const head = headlineOf(report, language);
  const besides = [
    fleet.span(harmless(report.from), harmless(report.to), reports.read),
    ...(reports.twice === 0 ? [] : [fleet.twice(reports.twice)]),
    ...(reports.nameless === 0 ? [] : [fleet.nameless(reports.nameless)]),
    ...(machines.incomplete === 0 ? [] : [fleet.incomplete(machines.incomplete)]),
  ];
  const style = isFine ? 'green' : severityStyles[worst ?? 'warning'];
  const top = hang(`${mark} `, head, view.width).map((line) => paint(style, line, view));
  const blocks = view.quiet === true ? [] : explanations.map((one) => explanationLines(one, language, view));
  return [
    [...top, ...besides.flatMap((text) => hang('  ', text, view.width))],
    ...blocks,
    ...(view.quiet === true ? [] : [requestLines(report, language, view), endpointLines(report, language, view)]),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** So many of a list, and how many more there are. */
function some(all: readonly string[], { words }: FleetLanguage, view: View): string {
  const shown = view.verbose ? all : all.slice(0, fewNames);
  const rest = all.length - shown.length;
  const names = shown.map((name) => harmless(name));
  return [...names, ...(rest > 0 ? [words.labels.more(rest)] : [])].join(words.screen.comma);
}

function explanationLines(one: FleetExplanation, language: FleetLanguage, view: View): readonly string[] {
  const { words, fleet } = language;
  const { labels, screen } = words;
  const grade = screen.grade(labels.severities[one.severity], labels.confidences[one.confidence]);
  const title = `${one.title} (${one.cause}${screen.comma}${grade})`;
  const head = hang(`${severityMarks[one.severity]} ${one.number}. `, title, view.width);
  const counted = (list: readonly string[]): string =>
    list.length === 1
      ? some(list, language, view)
      : `${list.length}${labels.punctuation.colon}${some(list, language, view)}`;
  const fields: readonly (readonly [keyof typeof fleet.fields, readonly string[]])[] = [
    ['where', [placeText(one, language)]],
    ['machines', [counted(one.machines)]],
    ['endpoints', one.endpoints.length === 0 ? [] : [counted(one.endpoints)]],
    ['since', [fleet.since(harmless(one.since), one.fineUntil === null ? null : harmless(one.fineUntil))]],
    ['alike', one.alike.length === 0 ? [] : [one.alike.map((trait) => traitText(language, trait)).join(screen.comma)]],
    ['evidence', view.verbose ? one.evidence : one.evidence.slice(0, 5)],
    ['remedies', view.verbose ? one.remedies : one.remedies.slice(0, 2)],
    [
      'alternatives',
      one.alternatives.length === 0
        ? []
        : [one.alternatives.map((id) => `${words.causes[id].title} (${id})`).join('; ')],
    ],
    ['ask', [fleet.owners[one.owner]]],
  ];
  const margin = Object.values(fleet.fields).reduce((widest, name) => Math.max(widest, displayWidth(name)), 0) + 4;
  return [
    ...head.map((line) => paint(severityStyles[one.severity], line, view)),
    ...fields.flatMap(([name, items]) =>
      items.flatMap((item, index) => {
        const word = index === 0 ? fleet.fields[name] : '';
        const bullet = items.length > 1 ? '- ' : '';
        const first = `  ${word}${' '.repeat(margin - 2 - displayWidth(word))}${bullet}`;
        return hang(first, harmless(item, 2000), view.width);
      }),
    ),
  ];
}

function requestLines({ requests }: FleetReport, { words, fleet }: FleetLanguage, view: View): readonly string[] {
  if (requests.length === 0) return [];
  const rows = requests.map(({ owner, explanations }) =>
    fleet.request(fleet.owners[owner], explanations.join(words.screen.comma)),
  );
  return [
    paint('bold', fleet.headings.requests, view),
    ...rows.flatMap((text, index) => hang(`  ${index + 1}. `, text, view.width)),
  ];
}

function endpointLines(
  { endpoints, explanations }: FleetReport,
  language: FleetLanguage,
  view: View,
): readonly string[] {
  const { words, fleet } = language;
  const failing = endpoints.filter(({ scope }) => scope !== null);
  const reached = endpoints.filter(({ scope, machines }) => scope === null && machines.reachable > 0).length;
  const below = reached === 0 ? [] : hang('', fleet.reached(reached), view.width);
  if (failing.length === 0) return below;
  const cell = (text: string): Cell => ({ text, style: null });
  const shown = view.verbose ? failing : failing.slice(0, fewRows);
  const rows = shown.map(({ host, port, machines, since, explanations: numbers }) => {
    const own = numbers.flatMap((number) => explanations[number - 1] ?? []);
    const tested = machines.reachable + machines.degraded + machines.unreachable;
    return [
      cell(hostAndPort(host, port)),
      cell(fleet.failing(machines.unreachable + machines.degraded, tested)),
      cell(own.map((one) => `${one.number}. ${one.cause}`).join(words.screen.comma)),
      cell(own.map((one) => placeText(one, language)).join('; ')),
      cell(since === null ? '' : harmless(since)),
    ];
  });
  const columns = [
    { title: fleet.columns.endpoint, whole: true },
    { title: fleet.columns.failing, whole: true },
    { title: fleet.columns.explanation, whole: false },
    { title: fleet.columns.where, whole: false },
    { title: fleet.columns.since, whole: true },
  ];
  const table = drawTable(columns, rows, view).trimEnd().split('\n');
  const rest = failing.length > shown.length ? [words.labels.more(failing.length - shown.length)] : [];
  return [paint('bold', fleet.headings.endpoints, view), ...table, ...rest, ...below];
}
