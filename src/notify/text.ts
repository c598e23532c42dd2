/** What people read of a notice, in the language of the watch; the same for every way. */
import { harmless } from '../harmless.ts';
import type { Incident, Notice } from '../model/incident.ts';
import { noticeLines } from '../watch/event-text.ts';
import type { Words } from '../words/contract.ts';
import type { Outgoing } from './sender.ts';

/** Hosts that a notice names. */
const mostHosts = 20;
const mostEvidence = 5;

function incidentLines(
  { hosts, evidenceNow, remedies, state }: Incident,
  { labels, screen }: Words,
): readonly string[] {
  const { affected, evidence, remedies: remediesLabel } = labels.text;
  const more = hosts.length - mostHosts;
  const shown = hosts.slice(0, mostHosts).map((host) => harmless(host, 255));
  const named = [...shown, ...(more > 0 ? [labels.more(more)] : [])].join(screen.comma);
  const line = (label: string, text: string): string => `${label}${labels.punctuation.colon}${harmless(text, 600)}`;
  return [
    ...(hosts.length === 0 ? [] : [`${affected}${labels.punctuation.colon}${named}`]),
    ...(state === 'closed' ? [] : evidenceNow.slice(0, mostEvidence).map((text) => line(evidence, text))),
    ...(state === 'closed' ? [] : remedies.map((text) => line(remediesLabel, text))),
  ];
}

export function outgoingOf(notice: Notice, words: Words): Outgoing {
  const said = noticeLines(notice, words);
  const { colon } = words.labels.punctuation;
  const name = notice.machine === null ? '' : ` ${harmless(notice.machine.name, 255)}`;
  const incidents = [...(notice.incident === null ? [] : [notice.incident]), ...notice.incidents];
  return {
    notice,
    title: `wayclear${name}${colon}${said[0] ?? words.watch.kinds[notice.kind]}`,
    lines: [...said, ...incidents.flatMap((incident) => incidentLines(incident, words))],
  };
}
