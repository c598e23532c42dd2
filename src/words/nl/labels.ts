import type { Labels } from '../contract.ts';
import { duration } from '../duration.ts';

function many(count: number, noun: string, plural: string): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

const targets = (count: number): string => many(count, 'doel', 'doelen');

/** Dutch labels. */
export const labels: Labels = {
  punctuation: { colon: ': ', stop: '. ', gap: ' ' },
  text: {
    rootCauses: 'Hoofdoorzaken',
    evidence: 'Bewijs',
    remedies: 'Wat te vragen',
    alternatives: 'Ook mogelijk',
    affected: 'Getroffen',
    shared: 'Gemeenschappelijk',
    importance: 'Belang',
    checks: 'Controles van deze machine',
    detail: 'Detail',
    host: 'Host',
    port: 'Poort',
    verdict: 'Oordeel',
    possibleCause: 'Mogelijke oorzaak',
    status: 'Statusbericht',
    explainedBy: 'verklaard door',
    meaning: 'Betekenis',
    restsOn: 'Berust op',
    experiment: 'Zou uitsluitsel geven',
    explains: 'Verklaard door',
    cause: 'Oorzaak',
    title: 'Wat het is',
    target: 'Doel',
    before: 'Voor',
    after: 'Na',
    runtime: 'Runtime',
    platform: 'Platform',
    resolvers: 'Naamservers',
    trustStores: 'Certificaatarchieven',
    families: 'Adresfamilies',
    clock: 'Klok',
    proxy: 'Proxy',
    limits: 'Grenzen',
    certificateAddresses: 'adressen in certificaten',
    hello: 'ClientHello',
    rootUpdate: 'Automatische root-update',
    documented: 'Gedocumenteerd als',
    document: 'Brondocument',
    store: 'Archief',
    certificates: 'Certificaten',
    readFrom: 'Gelezen uit',
    root: 'Rootcertificaat',
    state: 'Toestand',
    validUntil: 'Geldig tot',
    untested: 'Niet getest',
    details: 'Details',
    chains: 'Certificaatketens',
    roots: 'Rootcertificaten',
    none: 'geen',
    unknown: 'onbekend',
  },
  verdicts: { reachable: 'bereikbaar', degraded: 'beperkt', unreachable: 'onbereikbaar', untested: 'niet getest' },
  severities: { critical: 'kritiek', error: 'fout', warning: 'waarschuwing', informational: 'informatief' },
  confidences: { high: 'hoge', medium: 'redelijke', low: 'lage' },
  importances: { critical: 'kritiek', 'non-critical': 'niet-kritiek' },
  checkVerdicts: { pass: 'in orde', warn: 'waarschuwing', fail: 'fout', untested: 'niet getest' },
  stages: { dns: 'naam', tcp: 'verbinding', tunnel: 'proxytunnel', tls: 'TLS', http: 'HTTP' },
  stageStates: { passed: 'geslaagd', failed: 'mislukt', skipped: 'overgeslagen' },
  rootStates: {
    present: 'aanwezig',
    absent: 'afwezig',
    expired: 'verlopen',
    corrupt: 'vals',
    distrusted: 'niet vertrouwd',
    unknown: 'onbekend',
  },
  routeSources: {
    flag: 'door een optie',
    environment: 'door de omgeving',
    config: 'door het configuratiebestand',
    system: 'door het besturingssysteem',
    pac: 'door het PAC-bestand',
    default: 'standaard',
  },
  rootUpdate: {
    on: 'aan (Windows haalt ontbrekende roots zelf op)',
    off: 'uit (ontbrekende roots blijven ontbreken)',
  },
  nothingTested: 'Er is niets getest.',
  interruptedLate: 'De uitvoering is onderbroken voordat de oorzaken van fouten uit elkaar gehouden waren.',
  unanchored: 'eindigt in geen root die een archief hier bevat',
  defaultRun: 'standaarduitvoering',
  legacy: 'verouderd',
  certificateAddresses:
    'intrekkingslijsten, OCSP-responders en uitgevers die ontvangen certificaten noemen: hoogstens 64, standaardpoorten, niets intern tenzij wie ze noemt daar staat',
  machineResolvers: 'die van deze machine',
  clockUnchecked: 'alleen een uitvoering kan haar vergelijken: check doet dat, met de datums die servers sturen',
  duration,
  summary: ({ reachable, degraded, unreachable, untested }, ms) =>
    `${unreachable} onbereikbaar, ${degraded} beperkt, ${reachable} bereikbaar, ${untested} niet getest in ${duration(ms)}`,
  incomplete(tested, testable, because) {
    const why = {
      deadline: 'de deadline beëindigde de uitvoering',
      interrupted: 'de uitvoering is onderbroken',
      resources: 'deze machine had te weinig middelen',
    }[because];
    return `${tested} van ${testable} getest, ${why}.`;
  },
  leftOut(counts) {
    const parts = [
      counts['not-current'] > 0 ? `${counts['not-current']} niet actueel` : '',
      counts['other-cloud'] > 0 ? `${counts['other-cloud']} van een andere cloud` : '',
      counts['other-role'] > 0 ? `${counts['other-role']} van een andere rol` : '',
    ].filter((part) => part !== '');
    return `Weggelaten: ${parts.join(', ')} (wayclear list noemt ze).`;
  },
  more: (count) => `en nog ${count}`,
  targets,
  fine: (reachable, untested) =>
    [
      ...(reachable === 0 ? [] : [`${reachable} bereikbaar`]),
      ...(untested === 0 ? [] : [`${untested} niet getest`]),
    ].join(', '),
  besides: (rest) => `daarnaast: ${rest}`,
  confident: (confidence) => `${labels.confidences[confidence]} zekerheid`,
  anchored: (subject, stores, validUntil) => `eindigt in ${subject} (in: ${stores}; geldig tot ${validUntil})`,
  planned: (count, probes, untested) =>
    `${targets(count)}: ${many(probes, 'meting', 'metingen')} te versturen, ${untested} niet getest. Er is niets verstuurd.`,
  limits: (timeout, deadline, concurrency) =>
    `${timeout} per fase, ${deadline} voor de hele uitvoering, ${targets(concurrency)} tegelijk`,
  catalog: (features, endpoints) =>
    `${many(features, 'functie', 'functies')}, ${many(endpoints, 'eindpunt', 'eindpunten')}`,
  serverName: (name) => `servernaam ${name}`,
  noServerName: 'geen servernaam',
  defaultRoute: (has) => (has === null ? 'standaardroute onbekend' : has ? 'standaardroute' : 'geen standaardroute'),
  readFailed: (error) => `onleesbaar: ${error}`,
  secretsCut: (places) =>
    places === 1
      ? 'op één plaats bevatte de uitvoer een geheim van deze run; het is eruit gehaald; meld dit alstublieft'
      : `op ${places} plaatsen bevatte de uitvoer een geheim van deze run; ze zijn eruit gehaald; meld dit alstublieft`,
  shortPassword:
    'het wachtwoord heeft minder dan vier tekens en is niet uit teksten te halen: wat de proxy zegt, is weggelaten',
  demo: (right, all) => `${right} van ${all} servers zijn verklaard zoals ze zijn gebouwd.`,
};
