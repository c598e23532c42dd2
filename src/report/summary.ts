import { harmless } from '../harmless.ts';
import type { Report } from '../model/report.ts';
import { wordsOf } from '../words/load.ts';
import { answerOf } from './answer.ts';
import { harmlessJson } from './json.ts';
import type { View } from './view.ts';

/** The line with its end stays below it: what event logs, syslog and message queues carry in one piece. */
const mostBytes = 3999;

/** Of a single text. */
const mostCharacters = 120;

interface CauseLine {
  cause: string;
  severity: string;
  confidence: string;
  title: string;
  targets: number;
  hosts: string[];
}

const size = (value: object): number => Buffer.byteLength(harmlessJson(value, 0));

/**
 * One line of JSON below 4,000 bytes: verdict, counts, root causes with as many host names as fit, the first of each cause
 * before the second of any. `omitted` counts what had no room.
 */
export function renderSummary(report: Report, view: View): string {
  const { causes } = answerOf(report, wordsOf(view.lang));
  const { startedAt, durationMs, complete, status, summary, machine, tool } = report;
  const { reachable, degraded, unreachable, untested } = summary;
  const raised = (status?.raised ?? []).map(({ feature }) => harmless(feature, mostCharacters));
  const line = {
    schema: 1,
    tool: `${tool.name} ${harmless(tool.version, 40)}`,
    startedAt: harmless(startedAt, 40),
    durationMs,
    machine: machine === null || machine === undefined ? null : harmless(machine.name, mostCharacters),
    complete,
    messageId: status?.messageId ?? null,
    raised: [] as string[],
    summary: { reachable, degraded, unreachable, untested },
    rootCauses: [] as CauseLine[],
    omitted: { raised: raised.length, rootCauses: causes.length, hosts: 0 },
  };
  // Numbers only shrink from here on: what fits now stays within the bound.
  line.omitted.hosts = causes.reduce((sum, { hosts }) => sum + hosts.length, 0);
  const fits = (add: () => void, undo: () => void): boolean => {
    add();
    if (size(line) <= mostBytes) return true;
    undo();
    return false;
  };
  for (const { root, targets } of causes) {
    const { cause, severity, confidence, title } = root;
    const row = {
      cause,
      severity,
      confidence,
      title: harmless(title, mostCharacters),
      targets: targets.length,
      hosts: [],
    };
    if (
      !fits(
        () => line.rootCauses.push(row),
        () => line.rootCauses.pop(),
      )
    )
      break;
    line.omitted.rootCauses -= 1;
  }
  for (const feature of raised) {
    if (
      !fits(
        () => line.raised.push(feature),
        () => line.raised.pop(),
      )
    )
      break;
    line.omitted.raised -= 1;
  }
  addHosts(
    line.rootCauses,
    causes.map(({ hosts }) => hosts),
    fits,
    () => (line.omitted.hosts -= 1),
  );
  return `${harmlessJson(line, 0)}\n`;
}

/** Rounds over the causes, a host each, until one has no room. */
function addHosts(
  rows: readonly CauseLine[],
  hostsOf: readonly (readonly string[])[],
  fits: (add: () => void, undo: () => void) => boolean,
  added: () => void,
): void {
  for (let round = 0; ; round += 1) {
    let any = false;
    for (const [index, { hosts }] of rows.entries()) {
      const host = hostsOf[index]?.[round];
      if (host === undefined) continue;
      any = true;
      if (
        !fits(
          () => hosts.push(harmless(host, 255)),
          () => hosts.pop(),
        )
      )
        return;
      added();
    }
    if (!any) return;
  }
}
