/** So many of something, as English counts. */
export const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** English words of the screen. */
export const screen = {
  /** Stands for the title of a feature: addresses that a person typed. */
  typed: 'Addresses that you named',
  /** Behind a sentence of evidence that does not hold for all hosts of its cause; in brackets. */
  ofHosts: (hosts: number, all: number) => `(${hosts} of ${all} hosts)`,
  /** In front of the lines of a cause and of what follows the tables: one short word each. */
  fields: {
    affected: 'Affected',
    shared: 'In common',
    evidence: 'Evidence',
    remedies: 'What to do',
    alternatives: 'Or else',
    untested: 'Not tested',
    leftOut: 'Left out',
    wildcards: 'Wildcards',
    next: 'Next',
  },
  /** Between parts of a line. */
  comma: ', ',
  /** The verdict: how many of the tested endpoints can't be used, or not without trouble. */
  verdict(unreachable: number, degraded: number, tested: number): string {
    const part = degraded === 0 ? '' : `, ${degraded} not without trouble`;
    if (unreachable > 0) return `${unreachable} of ${tested} tested endpoints can't be used${part}`;
    const all = tested === 1 ? 'The tested endpoint can be used' : `All ${tested} tested endpoints can be used`;
    return `${all}${part}`;
  },
  causes: (count: number) => (count === 1 ? 'one cause' : `${count} causes`),
  notTested: (count: number) => `${count} not tested`,
  status: (messageId: number, severity: string) => `status message ${messageId} (${severity})`,
  /** Severity, confidence; behind the id of a cause. */
  grade: (severity: string, confidence: string) => `${severity}, ${confidence} confidence`,
  hosts: (count: number) => many(count, 'host'),
  hostsIn: (count: number, domain: string) => `${many(count, 'host')} in ${domain}`,
  /** «7 in example.com», in a list of such */
  inDomain: (count: number, domain: string) => `${count} in ${domain}`,
  /** Columns of the table of features; stages as short as can be. */
  columns: {
    feature: 'Feature',
    cause: 'Cause',
    dns: 'DNS',
    tcp: 'Connect',
    tunnel: 'Proxy',
    tls: 'TLS',
    http: 'HTTP',
  },
  /** Heading of the rows that differ from their feature. */
  unlike: 'Rows that differ',
  /** Rows that are not shown, and how to see them. */
  moreRows: (count: number) => `and ${many(count, 'more row')} (--verbose)`,
  /** What wildcards without a known host, networks and the like lack, with their number. */
  untestedBecause(
    code: 'no-witness' | 'udp' | 'family' | 'deadline' | 'interrupted' | 'resources' | 'offline' | 'inside',
    count: number,
  ): string {
    const why = {
      'no-witness': 'without a known host to try',
      udp: 'over UDP, which cannot be probed',
      family: 'of an address family that is switched off',
      deadline: 'not reached before the deadline (--deadline)',
      interrupted: 'not reached before the interruption',
      resources: 'for want of sockets, ports or memory (--concurrency)',
      offline: 'offline run (--offline)',
      inside: 'inside names, which were not carried',
    };
    return `${count} ${why[code]}`;
  },
  /** What an option would make testable. */
  needs: (count: number, option: string) => `${count} until you give ${option}`,
  /** Endpoints of the run's features without a row. */
  leftOut: (count: number) => `${count} (wayclear list FEATURE names them)`,
  /** Features that exist in other clouds alone. */
  elsewhere: (features: string) => `not in this cloud: ${features}`,
  /** How many witnesses of wildcards were reached, and that this proves no wildcard; in one line where there is little room. */
  wildcards: (patterns: number, reached: number, tried: number, isNarrow: boolean) =>
    `${reached} of ${tried} witnesses reached; ${
      isNarrow
        ? `${patterns === 1 ? 'pattern' : `${patterns} patterns`} not provable`
        : `${patterns === 1 ? 'the pattern itself' : `the ${patterns} patterns themselves`} can't be proven`
    }`,
  /** Of a run, in front of the numbers of the progress line. */
  phases: { measure: 'measuring', experiments: 'telling causes apart' },
  next: {
    request: 'the request for the owners, ready to send',
    explain: 'what it means, and what else to try',
    verbose: 'every row, stage, address and certificate',
  },
};
