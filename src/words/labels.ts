import type { Importance, Severity } from '../model/catalog.ts';
import type { Check, Confidence, Diagnosis, Status, Verdict } from '../model/diagnosis.ts';
import type { RootState, StageName } from '../model/observations.ts';
import type { RouteSource } from '../model/plan.ts';
import { duration } from './duration.ts';
import { fr } from './fr/labels.ts';
import { ja } from './ja/labels.ts';
import type { Language } from './language.ts';
import { nl } from './nl/labels.ts';

/** Headings, columns and fields: a word or two each. */
export type Label =
  | 'rootCauses'
  | 'evidence'
  | 'remedies'
  | 'alternatives'
  | 'affected'
  | 'shared'
  | 'importance'
  | 'checks'
  | 'detail'
  | 'host'
  | 'port'
  | 'verdict'
  | 'possibleCause'
  | 'status'
  | 'explainedBy'
  | 'meaning'
  | 'restsOn'
  | 'experiment'
  | 'explains'
  | 'cause'
  | 'title'
  | 'better'
  | 'worse'
  | 'appeared'
  | 'vanished'
  | 'target'
  | 'before'
  | 'after'
  | 'runtime'
  | 'platform'
  | 'resolvers'
  | 'trustStores'
  | 'families'
  | 'clock'
  | 'proxy'
  | 'limits'
  | 'hello'
  | 'rootUpdate'
  | 'documented'
  | 'document'
  | 'store'
  | 'certificates'
  | 'readFrom'
  | 'root'
  | 'state'
  | 'validUntil'
  | 'untested'
  | 'details'
  | 'chains'
  | 'roots'
  | 'none'
  | 'unknown';

/** What the reports say besides causes, facts and remedies (words.ts), in one language. */
export interface Labels {
  readonly punctuation: {
    /** Between a field and its value. */
    readonly colon: string;
    /** Between two sentences of which the first has no full stop yet. */
    readonly stop: string;
    /** Between two whole sentences. */
    readonly gap: string;
  };
  readonly text: Readonly<Record<Label, string>>;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly severities: Readonly<Record<Severity | Status['severity'], string>>;
  readonly confidences: Readonly<Record<Confidence, string>>;
  readonly importances: Readonly<Record<Importance, string>>;
  readonly checkVerdicts: Readonly<Record<Check['verdict'], string>>;
  readonly stages: Readonly<Record<StageName, string>>;
  readonly stageStates: Readonly<Record<'passed' | 'failed' | 'skipped', string>>;
  readonly rootStates: Readonly<Record<RootState['state'], string>>;
  readonly routeSources: Readonly<Record<RouteSource, string>>;
  readonly ended: Readonly<Record<'deadline' | 'interrupted', string>>;
  readonly rootUpdate: Readonly<Record<'on' | 'off', string>>;
  readonly nothingTested: string;
  readonly unanchored: string;
  readonly defaultRun: string;
  /** Of an endpoint that is off unless asked for. */
  readonly legacy: string;
  readonly machineResolvers: string;
  readonly clockUnchecked: string;
  /** `12 ms`, `3.4 s`, `2 min 5 s`. */
  duration(ms: number): string;
  /** The counts and the time of the first line. */
  summary(counts: Diagnosis['summary'], durationMs: number): string;
  /** «and n more». */
  more(count: number): string;
  targets(count: number): string;
  /** The counts of a feature without trouble. */
  fine(reachable: number, untested: number): string;
  /** Below a table: the targets that it leaves out. */
  besides(rest: string): string;
  /** Wildcards of the whole run. */
  witnesses(patterns: number, reached: number, tried: number): string;
  confident(confidence: Confidence): string;
  anchored(subject: string, stores: string, validUntil: string): string;
  noDifference(targets: number): string;
  difference(worse: number, better: number, appeared: number, vanished: number): string;
  planned(targets: number, probes: number, untested: number): string;
  limits(timeout: string, deadline: string, concurrency: number): string;
  catalog(features: number, endpoints: number): string;
  serverName(name: string): string;
  readonly noServerName: string;
  defaultRoute(has: boolean | null): string;
  readFailed(error: string): string;
  /** The progress line while experiments tell causes apart. */
  experimenting(host: string): string;
  /** The demo's last line: how many of its servers were explained as they were built. */
  demo(right: number, all: number): string;
}

/** With the plural of a regular English noun. */
function many(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

const en: Labels = {
  punctuation: { colon: ': ', stop: '. ', gap: ' ' },
  text: {
    rootCauses: 'Root causes',
    evidence: 'Evidence',
    remedies: 'What to ask for',
    alternatives: 'Also possible',
    affected: 'Affected',
    shared: 'In common',
    importance: 'Importance',
    checks: 'Checks of this machine',
    detail: 'Detail',
    host: 'Host',
    port: 'Port',
    verdict: 'Verdict',
    possibleCause: 'Possible cause',
    status: 'Status message',
    explainedBy: 'explained by',
    meaning: 'Meaning',
    restsOn: 'Rests on',
    experiment: 'Would decide',
    explains: 'Explained by',
    cause: 'Cause',
    title: 'What it is',
    better: 'Better',
    worse: 'Worse',
    appeared: 'Appeared',
    vanished: 'Vanished',
    target: 'Target',
    before: 'Before',
    after: 'After',
    runtime: 'Runtime',
    platform: 'Platform',
    resolvers: 'Name servers',
    trustStores: 'Trust stores',
    families: 'Address families',
    clock: 'Clock',
    proxy: 'Proxy',
    limits: 'Limits',
    hello: 'ClientHello',
    rootUpdate: 'Automatic root update',
    documented: 'Documented as',
    document: 'Source document',
    store: 'Store',
    certificates: 'Certificates',
    readFrom: 'Read from',
    root: 'Root certificate',
    state: 'State',
    validUntil: 'Valid until',
    untested: 'Untested',
    details: 'Details',
    chains: 'Certificate chains',
    roots: 'Root certificates',
    none: 'none',
    unknown: 'unknown',
  },
  verdicts: { reachable: 'reachable', degraded: 'degraded', unreachable: 'unreachable', untested: 'untested' },
  severities: { critical: 'critical', error: 'error', warning: 'warning', informational: 'informational' },
  confidences: { high: 'high', medium: 'medium', low: 'low' },
  importances: { critical: 'critical', 'non-critical': 'non-critical' },
  checkVerdicts: { pass: 'pass', warn: 'warning', fail: 'fail', untested: 'untested' },
  stages: { dns: 'name', tcp: 'connection', tunnel: 'proxy tunnel', tls: 'TLS', http: 'HTTP' },
  stageStates: { passed: 'passed', failed: 'failed', skipped: 'skipped' },
  rootStates: {
    present: 'present',
    absent: 'absent',
    expired: 'expired',
    corrupt: 'corrupt',
    distrusted: 'distrusted',
    unknown: 'unknown',
  },
  routeSources: {
    flag: 'by flag',
    environment: 'by the environment',
    config: 'by the configuration file',
    system: 'by the operating system',
    pac: 'by the PAC file',
    default: 'by default',
  },
  ended: {
    deadline: 'The deadline ended the run before every target was tested.',
    interrupted: 'The run was interrupted before every target was tested.',
  },
  rootUpdate: { on: 'on (Windows fetches missing roots by itself)', off: 'off (missing roots stay missing)' },
  nothingTested: 'Nothing was tested.',
  unanchored: 'ends in no root that a store here holds',
  defaultRun: 'default run',
  legacy: 'legacy',
  machineResolvers: "this machine's own",
  clockUnchecked: 'only a run can compare it: check does, with the dates that servers send',
  duration,
  summary: ({ reachable, degraded, unreachable, untested }, ms) =>
    `${unreachable} unreachable, ${degraded} degraded, ${reachable} reachable, ${untested} untested in ${duration(ms)}`,
  more: (count) => `and ${count} more`,
  targets: (count) => many(count, 'target'),
  fine(reachable, untested) {
    const parts = [
      ...(reachable === 0 ? [] : [`${reachable} reachable`]),
      ...(untested === 0 ? [] : [`${untested} untested`]),
    ];
    return parts.join(', ');
  },
  besides: (rest) => `besides: ${rest}`,
  witnesses: (patterns, reached, tried) =>
    `${many(patterns, 'wildcard pattern')}: ${reached} of ${many(tried, 'witness', 'witnesses')} reached; ${
      patterns === 1 ? 'the pattern itself' : 'the patterns themselves'
    } can't be proven`,
  confident: (confidence) => `${en.confidences[confidence]} confidence`,
  anchored: (subject, stores, validUntil) => `ends in ${subject} (in: ${stores}; valid until ${validUntil})`,
  noDifference: (targets) => `No difference in ${many(targets, 'target')}`,
  difference: (worse, better, appeared, vanished) =>
    `${worse} worse, ${better} better, ${appeared} appeared, ${vanished} vanished`,
  planned: (targets, probes, untested) =>
    `${many(targets, 'target')}: ${many(probes, 'probe')} to send, ${untested} untested. Nothing was sent.`,
  limits: (timeout, deadline, concurrency) =>
    `${timeout} a stage, ${deadline} for the whole run, ${many(concurrency, 'target')} at a time`,
  catalog: (features, endpoints) => `${many(features, 'feature')}, ${many(endpoints, 'endpoint')}`,
  serverName: (name) => `server name ${name}`,
  noServerName: 'no server name',
  defaultRoute: (has) => (has === null ? 'default route unknown' : has ? 'default route' : 'no default route'),
  readFailed: (error) => `not readable: ${error}`,
  experimenting: (host) => `why: ${host}`,
  demo: (right, all) => `${right} of ${all} servers were explained as they were built.`,
};

const all: Readonly<Record<Language, Labels>> = { en, fr, ja, nl };

/** The languages, for `--lang`. */
export const languages: readonly Language[] = ['en', 'fr', 'ja', 'nl'];

/** The labels of a language. */
export function labelsOf(lang: Language): Labels {
  return all[lang];
}
