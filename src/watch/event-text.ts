/** What a watch says while it goes on: a line a look, a line a notice. */
import { harmless } from '../harmless.ts';
import type { Change, Incident, Notice } from '../model/incident.ts';
import { verdictLine, verdictMarks } from '../report/verdict-line.ts';
import type { Words } from '../words/contract.ts';
import type { WatchEvent } from './loop.ts';

/** Hosts that a line names. */
const mostHosts = 3;

/** `2026-11-30 08:15Z`. */
export const minuteOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')}Z`;

export function hostsText(hosts: readonly string[], { labels, screen }: Words): string {
  const more = hosts.length - mostHosts;
  const shown = hosts.slice(0, mostHosts).map((host) => harmless(host, 200));
  return [...shown, ...(more > 0 ? [labels.more(more)] : [])].join(screen.comma);
}

/** Title, cause and where it shows. */
export function incidentText({ cause, title, hosts }: Incident, words: Words): string {
  const where = hostsText(hosts, words);
  return `${harmless(title, 300)} (${cause})${where === '' ? '' : `${words.labels.punctuation.colon}${where}`}`;
}

/** What changed, from what to what. */
export function changeText({ subject, place, before, after }: Change, words: Words): string {
  const { subjects } = words.watch;
  const sides = [before, after].map((side) => (side === null ? words.labels.text.none : harmless(side, 300)));
  const named = subject === 'proxy' || subject === 'resolver' ? '' : ` ${harmless(place, 255)}`;
  const values = subject === 'certificate-end' ? harmless(after ?? '', 100) : sides.join(' → ');
  return `${subjects[subject]}${named}${words.labels.punctuation.colon}${values}`;
}

/** A notice in lines: what it is, and of a change on the service's side what the role asks for. */
export function noticeLines(notice: Notice, words: Words): readonly string[] {
  const { kinds, restart } = words.watch;
  const kind = kinds[notice.kind];
  const incidents = [...(notice.incident === null ? [] : [notice.incident]), ...notice.incidents];
  // A certificate that will end has changed nothing yet.
  const service = notice.changes.some(({ side, subject }) => side === 'service' && subject !== 'certificate-end');
  return [
    ...incidents.map((one) => `${kind}${words.labels.punctuation.colon}${incidentText(one, words)}`),
    ...notice.changes.map((change) => `${kind}${words.labels.punctuation.colon}${changeText(change, words)}`),
    ...(service ? [restart] : []),
    ...(notice.since === null ? [] : [silentLine(notice.since, notice.what, words)]),
  ];
}

/** Since when nobody looked; where others of the machine look, at what. */
function silentLine(since: string, what: Notice['what'], words: Words): string {
  const { colon } = words.labels.punctuation;
  const at = minuteOf(Date.parse(since));
  const named = what === undefined || what.length === 0 ? at : [at, hostsText(what, words)].join(words.screen.comma);
  return `${words.watch.kinds.silent}${colon}${named}`;
}

export function eventLines(
  event: Exclude<WatchEvent, { kind: 'trouble' }>,
  now: number,
  words: Words,
): readonly string[] {
  const at = minuteOf(now);
  const indented = (notices: readonly Notice[]): readonly string[] =>
    notices.flatMap((notice) => noticeLines(notice, words)).map((line) => `  ${line}`);
  if (event.kind === 'told') return [at, ...indented(event.notices)];
  if (event.kind === 'waiting') return [`${at}  ${words.watch.next(minuteOf(event.next))}`];
  const { report, full, next, recorded } = event;
  const { verdict, text } = verdictLine(report, words);
  const { held, notices } = recorded;
  const parts = [
    `${verdictMarks[verdict]} ${text}`,
    ...(full ? [] : [words.watch.lookKinds.again]),
    ...(next === null ? [] : [words.watch.next(minuteOf(next))]),
  ];
  return [
    `${at}  ${parts.join(words.screen.comma)}`,
    ...indented(notices),
    ...(held.length === 0 ? [] : [`  ${words.watch.held(held.length)}`]),
  ];
}
