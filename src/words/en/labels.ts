import type { Labels } from '../contract.ts';
import { duration } from '../duration.ts';

/** With the plural of a regular English noun. */
function many(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** English labels. */
export const labels: Labels = {
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
  interruptedLate: 'The run was interrupted before the causes of failures were told apart.',
  unanchored: 'ends in no root that a store here holds',
  defaultRun: 'default run',
  legacy: 'legacy',
  certificateAddresses:
    'revocation lists, OCSP responders and issuers that captured certificates name: 64 at most, standard ports, nothing inside unless who names it lives there',
  machineResolvers: "this machine's own",
  clockUnchecked: 'only a run can compare it: check does, with the dates that servers send',
  duration,
  summary: ({ reachable, degraded, unreachable, untested }, ms) =>
    `${unreachable} unreachable, ${degraded} degraded, ${reachable} reachable, ${untested} untested in ${duration(ms)}`,
  incomplete(tested, testable, because) {
    const why = {
      deadline: 'the deadline ended the run',
      interrupted: 'the run was interrupted',
      resources: 'this machine had too few resources',
    }[because];
    return `${tested} of ${testable} tested, ${why}.`;
  },
  leftOut(counts) {
    const parts = [
      counts['not-current'] > 0 ? `${counts['not-current']} not current` : '',
      counts['other-cloud'] > 0 ? `${counts['other-cloud']} of another cloud` : '',
      counts['other-role'] > 0 ? `${counts['other-role']} of another role` : '',
    ].filter((part) => part !== '');
    return `Left out: ${parts.join(', ')} (wayclear list names them).`;
  },
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
  confident: (confidence) => `${labels.confidences[confidence]} confidence`,
  anchored: (subject, stores, validUntil) => `ends in ${subject} (in: ${stores}; valid until ${validUntil})`,
  planned: (targets, probes, untested) =>
    `${many(targets, 'target')}: ${many(probes, 'probe')} to send, ${untested} untested. Nothing was sent.`,
  limits: (timeout, deadline, concurrency) =>
    `${timeout} a stage, ${deadline} for the whole run, ${many(concurrency, 'target')} at a time`,
  catalog: (features, endpoints) => `${many(features, 'feature')}, ${many(endpoints, 'endpoint')}`,
  serverName: (name) => `server name ${name}`,
  noServerName: 'no server name',
  defaultRoute: (has) => (has === null ? 'default route unknown' : has ? 'default route' : 'no default route'),
  readFailed: (error) => `not readable: ${error}`,
  secretsCut: (places) =>
    places === 1
      ? 'one place of the output held a secret of this run and was cut; please report this'
      : `${places} places of the output held a secret of this run and were cut; please report this`,
  shortPassword:
    'the password has fewer than four characters and cannot be cut out of texts: what the proxy says is left out',
  demo: (right, all) => `${right} of ${all} servers were explained as they were built.`,
};
