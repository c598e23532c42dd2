import type { Confidence, Verdict } from '../../model/diagnosis.ts';
import type { LeftOut } from '../../model/plan.ts';
import { duration } from '../duration.ts';

/** With the plural of a regular English noun. */
function many(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** English labels. */
export const labels = {
  /** `colon`: between a field and its value; `stop`: between two sentences of which the first has no full stop yet; `gap`: between two whole ones. */
  punctuation: { colon: ': ', stop: '. ', gap: ' ' },
  /** Headings, columns and fields: a word or two each. */
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
    certificateAddresses: 'addresses in certificates',
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
  rootUpdate: { on: 'on (Windows fetches missing roots by itself)', off: 'off (missing roots stay missing)' },
  nothingTested: 'Nothing was tested.',
  /** All was tested; what tells causes apart was not. */
  interruptedLate: 'The run was interrupted before the causes of failures were told apart.',
  unanchored: 'ends in no root that a store here holds',
  defaultRun: 'default run',
  /** Of an endpoint that is off unless asked for. */
  legacy: 'legacy',
  /** What is asked because certificates name it. */
  certificateAddresses:
    'revocation lists, OCSP responders and issuers that captured certificates name: 64 at most, standard ports, nothing inside unless who names it lives there',
  machineResolvers: "this machine's own",
  clockUnchecked: 'only a run can compare it: check does, with the dates that servers send',
  /** `12 ms`, `3.4 s`, `2 min`, `2 min 5 s`. */
  duration,
  /** The counts and the time of the first line. */
  summary: ({ reachable, degraded, unreachable, untested }: Readonly<Record<Verdict, number>>, ms: number) =>
    `${unreachable} unreachable, ${degraded} degraded, ${reachable} reachable, ${untested} untested in ${duration(ms)}`,
  /** First of all in a run that ended early: how many of the testable were tested, and what ended it. */
  incomplete(tested: number, testable: number, because: 'deadline' | 'interrupted' | 'resources'): string {
    const why = {
      deadline: 'the deadline ended the run',
      interrupted: 'the run was interrupted',
      resources: 'this machine had too few resources',
    }[because];
    return `${tested} of ${testable} tested, ${why}.`;
  },
  /** Endpoints of the run's features that it leaves out, by reason. */
  leftOut(counts: Readonly<Record<LeftOut['because'], number>>): string {
    const parts = [
      counts['not-current'] > 0 ? `${counts['not-current']} not current` : '',
      counts['other-cloud'] > 0 ? `${counts['other-cloud']} of another cloud` : '',
      counts['other-role'] > 0 ? `${counts['other-role']} of another role` : '',
    ].filter((part) => part !== '');
    return `Left out: ${parts.join(', ')} (wayclear list names them).`;
  },
  /** «and n more». */
  more: (count: number) => `and ${count} more`,
  targets: (count: number) => many(count, 'target'),
  /** The counts of a feature without trouble. */
  fine(reachable: number, untested: number): string {
    const parts = [
      ...(reachable === 0 ? [] : [`${reachable} reachable`]),
      ...(untested === 0 ? [] : [`${untested} untested`]),
    ];
    return parts.join(', ');
  },
  /** Below a table: the targets that it leaves out. */
  besides: (rest: string) => `besides: ${rest}`,
  confident: (confidence: Confidence): string => `${labels.confidences[confidence]} confidence`,
  anchored: (subject: string, stores: string, validUntil: string) =>
    `ends in ${subject} (in: ${stores}; valid until ${validUntil})`,
  planned: (targets: number, probes: number, untested: number) =>
    `${many(targets, 'target')}: ${many(probes, 'probe')} to send, ${untested} untested. Nothing was sent.`,
  limits: (timeout: string, deadline: string, concurrency: number) =>
    `${timeout} a stage, ${deadline} for the whole run, ${many(concurrency, 'target')} at a time`,
  catalog: (features: number, endpoints: number) => `${many(features, 'feature')}, ${many(endpoints, 'endpoint')}`,
  serverName: (name: string) => `server name ${name}`,
  noServerName: 'no server name',
  defaultRoute: (has: boolean | null) =>
    has === null ? 'default route unknown' : has ? 'default route' : 'no default route',
  readFailed: (error: string) => `not readable: ${error}`,
  /** Places of the output that held a secret of this run. */
  secretsCut: (places: number) =>
    places === 1
      ? 'one place of the output held a secret of this run and was cut; please report this'
      : `${places} places of the output held a secret of this run and were cut; please report this`,
  shortPassword:
    'the password has fewer than four characters and cannot be cut out of texts: what the proxy says is left out',
  /** The demo's last line: how many of its servers were explained as they were built. */
  demo: (right: number, all: number) => `${right} of ${all} servers were explained as they were built.`,
};
