import { harmless } from '../harmless.ts';
import type { Severity } from '../model/catalog.ts';
import { type CauseId, causes } from '../model/causes.ts';
import type { Report, ReportTarget } from '../model/report.ts';
import type { Words } from '../words/contract.ts';
import { wordsOf } from '../words/load.ts';
import { type Answer, answerOf } from './answer.ts';
import { unlinked } from './cells.ts';
import { harmlessJson } from './json.ts';
import { linesOf, placeOf, toldTarget } from './told.ts';
import { incompleteness } from './verdict-line.ts';
import type { View } from './view.ts';

type Level = 'error' | 'warning' | 'note';
const levels: Readonly<Record<Severity, Level>> = { critical: 'error', warning: 'warning', informational: 'note' };

/** Rules of the causes that the report names, in the order of their ids, so that the same rules stand alike in every file. */
function rulesOf(ids: readonly CauseId[], words: Words): readonly object[] {
  return ids.map((id) => {
    const { title, meaning, evidence, remedies } = words.causes[id];
    return {
      id,
      name: id,
      shortDescription: { text: title },
      fullDescription: { text: meaning },
      help: { text: [evidence, ...remedies.map((remedy) => `→ ${remedy}`)].join('\n') },
      properties: { tags: [`stage:${causes[id].stage}`, `owner:${causes[id].owner}`] },
    };
  });
}

/** Where a finding is: by name, and as the address that viewers which want a file can show. */
function locationOf(target: ReportTarget): object {
  const place = placeOf(target);
  return {
    physicalLocation: { artifactLocation: { uri: `${target.port === 80 ? 'http' : 'https'}://${uriPlace(place)}/` } },
    logicalLocations: [{ name: harmless(place), fullyQualifiedName: harmless(target.id, 500), kind: 'resource' }],
  };
}

/** A host that can stand in a URI, its other characters as percent escapes. */
const uriPlace = (place: string): string =>
  /^[\w.:[\]-]+$/.test(place) ? place : encodeURIComponent(harmless(place)).replace(/%3A(\d+)$/i, ':$1');

interface Telling {
  readonly report: Report;
  readonly answer: Answer;
  readonly words: Words;
  readonly ids: readonly CauseId[];
}

/** One result a root cause and target; one for a cause of the machine, which has no target. */
function resultsOf({ report, answer, words, ids }: Telling): readonly object[] {
  return answer.causes.flatMap(({ root, targets, deciding }) => {
    const { cause, severity, confidence, title, remedies } = root;
    const of = (target: ReportTarget | null): object => {
      const evidence = target === null ? deciding : toldTarget(target, answer, words).evidence;
      const lines = linesOf([title, ...evidence, ...remedies.map((remedy) => `→ ${remedy}`)]);
      return {
        ruleId: cause,
        ruleIndex: ids.indexOf(cause),
        // What a cause costs is told by the target: some of its targets may work.
        level: target !== null && target.verdict === 'degraded' ? atMost(levels[severity]) : levels[severity],
        message: { text: lines.map(unlinked).join('\n') },
        locations: target === null ? [] : [locationOf(target)],
        partialFingerprints: {
          'causeAndTarget/v1': harmless(`${cause} ${target?.id ?? report.machine?.name ?? ''}`, 600),
        },
        properties: {
          confidence,
          ...(target === null
            ? {}
            : { verdict: target.verdict, importance: target.importance, route: harmless(target.route) }),
        },
      };
    };
    return targets.length === 0 ? [of(null)] : targets.map(of);
  });
}

const atMost = (level: Level): Level => (level === 'error' ? 'warning' : level);

function invocationOf({ report, words }: Telling): object {
  const { startedAt, durationMs, machine } = report;
  const started = Date.parse(startedAt);
  const ended = started + durationMs;
  const missing = incompleteness(report, words);
  const notification = { level: 'warning', message: { text: missing ?? '' }, descriptor: { id: 'incomplete' } };
  return {
    executionSuccessful: report.complete,
    ...(Number.isNaN(started) ? {} : { startTimeUtc: new Date(started).toISOString() }),
    ...(ended < 8e15 ? { endTimeUtc: new Date(ended).toISOString() } : {}),
    ...(machine === null || machine === undefined
      ? {}
      : { machine: harmless(machine.name), account: harmless(machine.account) }),
    toolExecutionNotifications: missing === null ? [] : [notification],
  };
}

/** SARIF 2.1.0 (OASIS): a rule a cause, a result a target that it hits. */
export function renderSarif(report: Report, view: View): string {
  const words = wordsOf(view.lang);
  const ids = [...new Set(report.rootCauses.map(({ cause }) => cause))].sort();
  const telling: Telling = { report, words, ids, answer: answerOf(report, words) };
  const { status, tool } = report;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0-rtm.5.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: harmless(tool.version, 100), rules: rulesOf(ids, words) } },
        automationDetails: { id: 'wayclear/' },
        language: view.lang,
        invocations: [invocationOf(telling)],
        results: resultsOf(telling),
        columnKind: 'utf16CodeUnits',
        properties: {
          summary: report.summary,
          messageId: status?.messageId ?? null,
          raised: (status?.raised ?? []).map(({ feature }) => harmless(feature)),
        },
      },
    ],
  };
  return `${harmlessJson(log, 1)}\n`;
}
