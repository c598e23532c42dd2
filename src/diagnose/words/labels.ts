import type { Check, Confidence, Importance, Report, Severity, StageName, Verdict, View } from '../../model.ts';

/** Everything that reports say besides causes and evidence: headings, counts, the words for verdicts. */
export interface Labels {
  readonly verdict: Readonly<Record<Verdict, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly confidence: Readonly<Record<Confidence, string>>;
  readonly importance: Readonly<Record<Importance, string>>;
  readonly check: Readonly<Record<Check['verdict'], string>>;
  readonly stage: Readonly<Record<StageName, string>>;
  /** The one line that says it all. `seconds` is a number with its unit. */
  headline(summary: Report['summary'], seconds: string): string;
  status(messageId: number, severity: string, component: string): string;
  raised(messageId: number, feature: string): string;
  readonly ended: Readonly<Record<'deadline' | 'interrupted', string>>;
  readonly columns: Readonly<
    Record<
      | 'host'
      | 'port'
      | 'importance'
      | 'verdict'
      | 'possibleCause'
      | 'cause'
      | 'title'
      | 'severity'
      | 'target'
      | 'before'
      | 'after'
      | 'endpoint'
      | 'status'
      | 'source'
      | 'date'
      | 'method'
      | 'url'
      | 'sni'
      | 'route'
      | 'store'
      | 'certificates'
      | 'from'
      | 'root'
      | 'state'
      | 'validUntil'
      | 'untested',
      string
    >
  >;
  readonly headings: Readonly<
    Record<
      | 'rootCauses'
      | 'untested'
      | 'checks'
      | 'details'
      | 'worse'
      | 'better'
      | 'appeared'
      | 'vanished'
      | 'trustStores'
      | 'roots'
      | 'certificates'
      | 'anchors',
      string
    >
  >;
  readonly fields: Readonly<
    Record<
      | 'affected'
      | 'shared'
      | 'because'
      | 'remedies'
      | 'alternatives'
      | 'meaning'
      | 'evidence'
      | 'explainedBy'
      | 'proxy'
      | 'resolvers'
      | 'family'
      | 'clock'
      | 'runtime'
      | 'platform'
      | 'rootUpdate'
      | 'limits'
      | 'families'
      | 'tlsHello'
      | 'configuration'
      | 'precedence',
      string
    >
  >;
  readonly none: string;
  readonly unknown: string;
  targets(count: number): string;
  /** One line for a feature without trouble, and the line below a table that shows only trouble. */
  featureFine(reachable: number, untested: number): string;
  moreReachable(count: number): string;
  more(count: number): string;
  sameRows(count: number): string;
  confident(confidence: Confidence): string;
  neededBy(count: number): string;
  anchored(subject: string, stores: string, validUntil: string): string;
  readonly unanchored: string;
  noDifference(targets: number): string;
  difference(better: number, worse: number, appeared: number, vanished: number): string;
  planned(targets: number, probes: number, untested: number): string;
  limits(timeout: string, deadline: string, concurrency: number): string;
  catalog(features: number, endpoints: number): string;
  feature(count: number, isDefault: boolean): string;
  defaultRoute(has: boolean | null): string;
  readonly rootUpdate: Readonly<Record<'on' | 'off', string>>;
}

/** Plural of a regular English noun. */
function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const en: Labels = {
  verdict: { reachable: 'reachable', degraded: 'degraded', unreachable: 'unreachable', untested: 'untested' },
  severity: { critical: 'critical', warning: 'warning', informational: 'informational' },
  confidence: { high: 'high', medium: 'medium', low: 'low' },
  importance: { critical: 'critical', 'non-critical': 'non-critical' },
  check: { pass: 'pass', warn: 'warning', fail: 'fail', untested: 'untested' },
  stage: { dns: 'DNS', tcp: 'TCP', tunnel: 'tunnel', tls: 'TLS', http: 'HTTP' },
  headline(summary, seconds) {
    const { reachable, degraded, unreachable, untested } = summary;
    const tested = reachable + degraded + unreachable;
    const total = tested + untested;
    const rest = untested === 0 ? '' : `, ${untested} untested`;
    if (total === 0) return `Nothing to test (${seconds})`;
    if (tested === 0) return `Nothing was tested: ${many(untested, 'target')} untested (${seconds})`;
    if (unreachable > 0) {
      const counts = `${reachable} reachable, ${degraded} degraded, ${unreachable} unreachable${rest}`;
      return `${unreachable} of ${many(total, 'target')} can't be used: ${counts} (${seconds})`;
    }
    if (degraded > 0) {
      return `All ${many(tested, 'tested target')} can be used, ${degraded} with trouble: ${reachable} reachable, ${degraded} degraded${rest} (${seconds})`;
    }
    return tested === 1
      ? `The tested target is reachable${rest} (${seconds})`
      : `All ${tested} tested targets are reachable${rest} (${seconds})`;
  },
  status: (messageId, severity, component) => `Status message ${messageId} (${severity}), ${component}`,
  raised: (messageId, feature) => `raises ${messageId} for ${feature}`,
  ended: {
    deadline: 'The deadline ended the run before every target was tested.',
    interrupted: 'The run was interrupted before every target was tested.',
  },
  columns: {
    host: 'Host',
    port: 'Port',
    importance: 'Importance',
    verdict: 'Verdict',
    possibleCause: 'Possible cause',
    cause: 'Cause',
    title: 'Title',
    severity: 'Severity',
    target: 'Target',
    before: 'Before',
    after: 'After',
    endpoint: 'Endpoint',
    status: 'Status',
    source: 'Source',
    date: 'Date',
    method: 'Method',
    url: 'URL',
    sni: 'Server name (SNI)',
    route: 'Route',
    store: 'Store',
    certificates: 'Certificates',
    from: 'Read from',
    root: 'Root certificate',
    state: 'State',
    validUntil: 'Valid until',
    untested: 'Untested',
  },
  headings: {
    rootCauses: 'Root causes',
    untested: 'Untested',
    checks: 'This machine',
    details: 'Details',
    worse: 'Worse',
    better: 'Better',
    appeared: 'Appeared',
    vanished: 'Vanished',
    trustStores: 'Trust stores',
    roots: 'Roots of interest',
    certificates: 'Certificates',
    anchors: 'Chains',
  },
  fields: {
    affected: 'Affects',
    shared: 'In common',
    because: 'Evidence',
    remedies: 'What to do',
    alternatives: 'Still possible',
    meaning: 'Meaning',
    evidence: 'It rests on',
    explainedBy: 'explained by',
    proxy: 'Proxy',
    resolvers: 'Resolvers',
    family: 'Addresses',
    clock: 'Clock',
    runtime: 'Runtime',
    platform: 'Platform',
    rootUpdate: 'Root update',
    limits: 'Limits',
    families: 'Families',
    tlsHello: 'ClientHello',
    configuration: 'Configuration',
    precedence: 'flag, environment, configuration file, default',
  },
  none: 'none',
  unknown: 'unknown',
  targets: (count) => many(count, 'target'),
  featureFine: (reachable, untested) =>
    [...(reachable === 0 ? [] : [`${reachable} reachable`]), ...(untested === 0 ? [] : [`${untested} untested`])].join(
      ', ',
    ),
  moreReachable: (count) => `and ${count} reachable`,
  more: (count) => `and ${count} more`,
  sameRows: (count) => `${count} probes`,
  confident: (confidence) => `${confidence} confidence`,
  neededBy: (count) =>
    count === 0
      ? 'no chain of this run ends there'
      : `${many(count, 'chain')} of this run ${count === 1 ? 'ends' : 'end'} there`,
  anchored: (subject, stores, validUntil) => `ends in ${subject} (in: ${stores}; valid until ${validUntil})`,
  unanchored: 'ends in no root that a store here holds',
  noDifference: (targets) => `No difference in ${many(targets, 'target')}`,
  difference: (better, worse, appeared, vanished) =>
    `${worse} worse, ${better} better, ${appeared} appeared, ${vanished} vanished`,
  planned: (targets, probes, untested) =>
    `${many(targets, 'target')}: ${many(probes, 'probe')} to send, ${untested} untested. No packet was sent.`,
  limits: (timeout, deadline, concurrency) =>
    `${timeout} a stage, ${deadline} for the whole run, ${many(concurrency, 'target')} at the same time`,
  catalog: (features, endpoints) => `${many(features, 'feature')}, ${many(endpoints, 'endpoint')}`,
  feature: (count, isDefault) => `${many(count, 'endpoint')}${isDefault ? ', part of the default run' : ''}`,
  defaultRoute: (has) => (has === null ? 'default route unknown' : has ? 'has a default route' : 'no default route'),
  rootUpdate: { on: 'Windows fetches missing roots by itself', off: 'Windows fetches no missing roots' },
};

const all: Partial<Record<View['lang'], Labels>> = { en };

/** The labels of a language; English where it has none. */
export function labelsOf(lang: View['lang']): Labels {
  return all[lang] ?? en;
}
