import type { ScreenWords } from '../contract.ts';

const many = (count: number, noun: string, plural: string): string => `${count} ${count === 1 ? noun : plural}`;

/** Dutch words of the screen. */
export const screen: ScreenWords = {
  typed: 'Adressen die u hebt genoemd',
  ofHosts: (hosts, all) => `(${hosts} van ${all} hosts)`,
  fields: {
    affected: 'Getroffen',
    shared: 'Gemeen',
    evidence: 'Bewijs',
    remedies: 'Te doen',
    alternatives: 'Of anders',
    untested: 'Niet getest',
    leftOut: 'Weggelaten',
    wildcards: 'Wildcards',
    next: 'Verder',
  },
  comma: ', ',
  verdict(unreachable, degraded, tested) {
    const part = degraded === 0 ? '' : `, ${degraded} niet zonder moeite`;
    if (unreachable > 0) return `${unreachable} van ${tested} geteste eindpunten onbruikbaar${part}`;
    const all = tested === 1 ? 'Het geteste eindpunt is bruikbaar' : `Alle ${tested} geteste eindpunten zijn bruikbaar`;
    return `${all}${part}`;
  },
  causes: (count) => (count === 1 ? 'één oorzaak' : `${count} oorzaken`),
  notTested: (count) => `${count} niet getest`,
  status: (messageId, severity) => `statusbericht ${messageId} (${severity})`,
  grade: (severity, confidence) => `${severity}, ${confidence} zekerheid`,
  hosts: (count) => many(count, 'host', 'hosts'),
  hostsIn: (count, domain) => `${many(count, 'host', 'hosts')} in ${domain}`,
  inDomain: (count, domain) => `${count} in ${domain}`,
  columns: {
    feature: 'Functie',
    cause: 'Oorzaak',
    dns: 'DNS',
    tcp: 'Verbinden',
    tunnel: 'Proxy',
    tls: 'TLS',
    http: 'HTTP',
  },
  unlike: 'Afwijkende rijen',
  moreRows: (count) => `en nog ${many(count, 'rij', 'rijen')} (--verbose)`,
  untestedBecause(code, count) {
    const why = {
      'no-witness': 'zonder bekende host om te proberen',
      udp: 'over UDP, dat niet te meten is',
      family: 'van een uitgeschakelde adresfamilie',
      deadline: 'niet bereikt voor de deadline (--deadline)',
      interrupted: 'niet bereikt voor de onderbreking',
      resources: 'bij gebrek aan sockets, poorten of geheugen (--concurrency)',
      offline: 'offline-uitvoering (--offline)',
      inside: 'interne namen, die niet zijn meegegaan',
    };
    return `${count} ${why[code]}`;
  },
  needs: (count, option) => `${count} zolang ${option} ontbreekt`,
  leftOut: (count) => `${count} (wayclear list FEATURE noemt ze)`,
  elsewhere: (features) => `niet in deze cloud: ${features}`,
  wildcards: (patterns, reached, tried) =>
    `${reached}/${tried} getuigen bereikt, ${many(patterns, 'patroon', 'patronen')} onbewijsbaar`,
  phases: { measure: 'meten', experiments: 'oorzaken uiteenhouden' },
  next: {
    request: 'het verzoek aan de eigenaren, klaar om te sturen',
    explain: 'wat het betekent en wat u nog kunt proberen',
    verbose: 'elke rij, fase, elk adres en certificaat',
  },
};
