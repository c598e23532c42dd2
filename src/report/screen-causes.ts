/** The root causes as the screen shows them: what each hits, what decides, what to do. */
import { harmless } from '../harmless.ts';
import type { Severity } from '../model/catalog.ts';
import { attributeWords } from '../words/contract.ts';
import type { AnsweredCause, HostGroup } from './answer.ts';
import { type Field, fieldLines } from './fields.ts';
import type { Paper } from './paper.ts';
import { paint, type Style } from './table.ts';
import { severityMarks } from './verdict-line.ts';
import { hang } from './wrap.ts';

const severityStyles: Readonly<Record<Severity, Style>> = {
  critical: 'red',
  warning: 'yellow',
  informational: 'cyan',
};

/** So many hosts are named; more are counted by parent domain. */
const fewHosts = 5;
/** So many groups of hosts are named. */
const fewGroups = 5;

/** Lines of a cause: the first one is told at length, each further one in the lines that remain for it. */
const roomFor = { first: 17, further: 7 } as const;

export function causeLines(paper: Paper, cause: AnsweredCause): readonly string[] {
  const { root } = cause;
  const { view, words, labels } = paper;
  const grade = words.screen.grade(labels.severities[root.severity], labels.confidences[root.confidence]);
  const title = `${harmless(root.title, 200)} (${root.cause}${words.screen.comma}${grade})`;
  const head = hang(`${severityMarks[root.severity]} ${cause.number}. `, title, view.width);
  const painted = head.map((line) => paint(severityStyles[root.severity], line, view));
  if (view.verbose) return [...painted, ...fieldLines(paper, everything(paper, cause))];
  const room = (cause.number === 1 ? roomFor.first : roomFor.further) - head.length;
  return [...painted, ...fieldLines(paper, fitting(paper, cause, room))];
}

/** What is left out first where a cause's lines don't do: what else it may be, then the less telling of evidence and remedies. */
function fitting(paper: Paper, cause: AnsweredCause, room: number): readonly Field[] {
  const { root, deciding } = cause;
  const make = (evidence: number, remedies: number, rest: boolean): readonly Field[] => [
    { name: 'affected', items: affected(paper, cause) },
    { name: 'shared', items: rest ? inCommon(paper, cause) : [] },
    { name: 'evidence', items: bounded(deciding.slice(0, evidence)) },
    { name: 'remedies', items: bounded(root.remedies.slice(0, remedies)) },
    { name: 'alternatives', items: rest ? alternatives(paper, cause) : [] },
  ];
  const ways: readonly (readonly [number, number, boolean])[] = [
    [3, 2, true],
    [3, 2, false],
    [3, 1, false],
    [2, 1, false],
    [1, 1, false],
  ];
  const chosen = ways.map((way) => make(...way)).find((fields) => fieldLines(paper, fields).length <= room);
  return chosen ?? make(1, 1, false);
}

function everything(paper: Paper, cause: AnsweredCause): readonly Field[] {
  const { root, hosts } = cause;
  const names = hosts.map((host) => harmless(host)).join(', ');
  return [
    {
      name: 'affected',
      items:
        hosts.length === 0
          ? []
          : [`${paper.words.screen.hosts(hosts.length)}${paper.labels.punctuation.colon}${names}`],
    },
    { name: 'shared', items: inCommon(paper, cause) },
    { name: 'evidence', items: bounded([...cause.deciding, ...besides(cause)]) },
    { name: 'remedies', items: bounded(root.remedies) },
    { name: 'alternatives', items: alternatives(paper, cause) },
  ];
}

/** Evidence that the deciding sentences don't say in other words. */
const besides = ({ root, deciding }: AnsweredCause): readonly string[] =>
  root.evidence.filter((text) => !deciding.some((said) => text.endsWith(said) || said.includes(text)));

const bounded = (texts: readonly string[]): readonly string[] => texts.map((text) => harmless(text, 1000));

/** Hosts by name where they are few, else by parent domain. */
function affected({ words, labels }: Paper, { hosts, groups }: AnsweredCause): readonly string[] {
  if (hosts.length === 0) return [];
  const { screen } = words;
  const [first] = groups;
  if (hosts.length > fewHosts && groups.length === 1 && first?.domain != null)
    return [screen.hostsIn(hosts.length, harmless(first.domain))];
  const few = hosts.length <= fewHosts;
  const names = few
    ? hosts.map((host) => harmless(host))
    : groups
        .slice(0, fewGroups)
        .map(({ domain, hosts: members }: HostGroup) =>
          domain === null ? harmless(members[0] ?? '') : screen.inDomain(members.length, harmless(domain)),
        );
  const told = few ? hosts.length : groups.slice(0, fewGroups).reduce((sum, group) => sum + group.hosts.length, 0);
  const rest = told < hosts.length ? [labels.more(hosts.length - told)] : [];
  const all = [...names, ...rest].join(screen.comma);
  return [hosts.length === 1 ? all : `${screen.hosts(hosts.length)}${labels.punctuation.colon}${all}`];
}

/** What several hosts share, unless evidence or hosts say it already. */
function inCommon({ words, answer }: Paper, { root, hosts, deciding }: AnsweredCause): readonly string[] {
  if (root.shared === null || hosts.length < 2) return [];
  const { attribute, value } = root.shared;
  if (attribute === 'host' || attribute === 'domain' || deciding.some((text) => text.includes(value))) return [];
  const title = attribute === 'feature' ? answer.features.find(({ feature }) => feature === value)?.title : undefined;
  return [`${harmless(attributeWords(words, attribute), 60)} ${harmless(title ?? value)}`];
}

function alternatives({ words }: Paper, { root }: AnsweredCause): readonly string[] {
  if (root.alternatives.length === 0) return [];
  return [root.alternatives.map((id) => `${words.causes[id].title} (${id})`).join('; ')];
}
