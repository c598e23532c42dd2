/** Incidents for eyes: what is open, with what to ask for; what is over, in a table. */
import { harmless } from '../harmless.ts';
import type { Incident } from '../model/incident.ts';
import { type Cell, type Column, drawTable, paint } from '../report/table.ts';
import { severityMarks } from '../report/verdict-line.ts';
import type { View } from '../report/view.ts';
import { hang } from '../report/wrap.ts';
import { attributeWords, type Words } from '../words/contract.ts';
import { hostsText, minuteOf } from './event-text.ts';

const styles = { critical: 'red', warning: 'yellow', informational: null } as const;
const order = ['critical', 'warning', 'informational'];

/** Whether an incident is one of those that are meant: its cause, a host, a target, or a part of one. */
export function isMeantIncident(what: readonly string[], { cause, hosts, targets }: Incident): boolean {
  const texts = [cause, ...hosts, ...targets].map((text) => text.toLowerCase());
  return what.length === 0 || what.some((word) => texts.some((text) => text.includes(word.toLowerCase())));
}

/** An open one: title and time, where, what is common, and with --verbose its evidence then and now, and the remedies. */
function openBlock(incident: Incident, now: number, view: View, words: Words): string {
  const { watch, labels } = words;
  const { severity, cause, shared, state, openedAt, firstSeenAt, hosts, unstable } = incident;
  const began = Date.parse(openedAt ?? firstSeenAt);
  const head = [
    labels.severities[severity],
    ...(state === 'suspected' ? [watch.states.suspected] : []),
    ...(unstable ? [watch.unstable] : []),
    watch.since(minuteOf(began), watch.lasted(Math.max(0, now - began))),
  ];
  const title = `${harmless(incident.title, 300)} (${cause})${words.screen.comma}${head.join(words.screen.comma)}`;
  const lines = [
    ...hang(`${severityMarks[severity]} `, title, view.width).map((line) => paint(styles[severity], line, view)),
    ...hang('  ', hostsText(hosts, words), view.width),
  ];
  if (shared !== null) {
    const common = `${attributeWords(words, shared.attribute)} ${harmless(shared.value, 200)}`;
    lines.push(...hang('  ', `${labels.text.shared}${labels.punctuation.colon}${common}`, view.width));
  }
  if (view.verbose) {
    const told = (label: string, texts: readonly string[]): readonly string[] =>
      texts.flatMap((text) => hang('    ', `${label}${labels.punctuation.colon}${harmless(text, 1000)}`, view.width));
    const same = incident.evidenceThen.join('\n') === incident.evidenceNow.join('\n');
    lines.push(
      ...(same ? [] : told(watch.evidenceThen, incident.evidenceThen)),
      ...told(watch.evidenceNow, incident.evidenceNow),
      ...incident.remedies.flatMap((text) => hang('  → ', harmless(text, 1000), view.width)),
    );
  }
  return `${lines.join('\n')}\n`;
}

function closedTable(incidents: readonly Incident[], view: View, words: Words): string {
  const { watch, labels } = words;
  const titles: readonly Column[] = [
    { title: watch.columns.opened, whole: true },
    { title: watch.columns.lasted, whole: true },
    { title: labels.text.cause, whole: true },
    { title: watch.columns.hosts, whole: false },
  ];
  const rows = incidents.map(
    ({ openedAt, firstSeenAt, closedAt, unwatched, cause, severity, hosts }): readonly Cell[] => {
      const began = Date.parse(openedAt ?? firstSeenAt);
      const lasted = closedAt === null ? '' : watch.lasted(Math.max(0, Date.parse(closedAt) - began));
      return [
        { text: minuteOf(began), style: null },
        { text: unwatched === true ? watch.kinds.unwatched : lasted, style: null },
        { text: cause, style: styles[severity] },
        { text: hostsText(hosts, words), style: null },
      ];
    },
  );
  return drawTable(titles, rows, view);
}

/**
 * `all`: the newest first. Those that one look alone saw, and that went away, are left out. `isSought`: they are those that
 * match what somebody named.
 */
export function incidentsTable(
  all: readonly Incident[],
  { now, isSought }: { readonly now: number; readonly isSought: boolean },
  view: View,
  words: Words,
): string {
  const { watch } = words;
  if (isSought && all.length === 0) return `${watch.nothingMatches}\n`;
  const open = all
    .filter(({ state }) => state !== 'closed')
    .toSorted((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  const closed = all.filter(({ state, openedAt }) => state === 'closed' && openedAt !== null);
  const parts = [paint('bold', open.length === 0 ? watch.noneOpen : watch.open(open.length), view), '\n'];
  for (const incident of open) parts.push('\n', openBlock(incident, now, view, words));
  if (closed.length > 0)
    parts.push(`\n${paint('bold', watch.headings.closed, view)}\n`, closedTable(closed, view, words));
  return parts.join('');
}
