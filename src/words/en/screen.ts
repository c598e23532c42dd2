import type { ScreenWords } from '../screen-words.ts';

const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** English words of the screen. */
export const screen: ScreenWords = {
  typed: 'Addresses that you named',
  ofHosts: (hosts, all) => `(${hosts} of ${all} hosts)`,
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
  comma: ', ',
  verdict(unreachable, degraded, tested) {
    const part = degraded === 0 ? '' : `, ${degraded} not without trouble`;
    if (unreachable > 0) return `${unreachable} of ${tested} tested endpoints can't be used${part}`;
    const all = tested === 1 ? 'The tested endpoint can be used' : `All ${tested} tested endpoints can be used`;
    return `${all}${part}`;
  },
  causes: (count) => (count === 1 ? 'one cause' : `${count} causes`),
  notTested: (count) => `${count} not tested`,
  status: (messageId, severity) => `status message ${messageId} (${severity})`,
  grade: (severity, confidence) => `${severity}, ${confidence} confidence`,
  hosts: (count) => many(count, 'host'),
  hostsIn: (count, domain) => `${many(count, 'host')} in ${domain}`,
  inDomain: (count, domain) => `${count} in ${domain}`,
  columns: {
    feature: 'Feature',
    cause: 'Cause',
    dns: 'DNS',
    tcp: 'Connect',
    tunnel: 'Proxy',
    tls: 'TLS',
    http: 'HTTP',
  },
  unlike: 'Rows that differ',
  moreRows: (count) => `and ${many(count, 'more row')} (--verbose)`,
  untestedBecause(code, count) {
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
  needs: (count, option) => `${count} until you give ${option}`,
  leftOut: (count) => `${count} (wayclear list FEATURE names them)`,
  wildcards: (patterns, reached, tried) =>
    `${reached} of ${tried} ${tried === 1 ? 'witness' : 'witnesses'} reached; ${patterns === 1 ? 'pattern' : `${patterns} patterns`} not provable`,
  phases: { measure: 'measuring', experiments: 'telling causes apart' },
  next: {
    request: 'the request for the owners, ready to send',
    explain: 'what it means, and what else to try',
    verbose: 'every row, stage, address and certificate',
  },
};
