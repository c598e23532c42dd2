import { entryOf } from '../../entry.ts';
import type { FactWords, Words } from '../contract.ts';
import { place } from '../place.ts';
import { family, naming, share } from './naming.ts';

const received = (count: number): string => (count === 0 ? 'niets ontvangen' : `${bytes(count)} ontvangen`);

const bytes = (count: number): string => `${count} ${count === 1 ? 'byte' : 'bytes'}`;

const hosts = (count: number): string => `${count} ${count === 1 ? 'host' : 'hosts'}`;

const skew = (seconds: number): string => {
  const size = Math.abs(seconds);
  const text = size < 120 ? `${size} s` : size < 7200 ? `${Math.round(size / 60)} min` : `${Math.round(size / 3600)} u`;
  return `${text} ${seconds >= 0 ? 'achter' : 'voor'} op`;
};

/** Classes of addresses (IANA special-purpose registries), as the first part of a word that ends in «adres». */
const classes: Readonly<Record<string, string>> = {
  global: 'publiek adres',
  unspecified: 'ongespecificeerd adres',
  loopback: 'loopbackadres',
  private: 'privéadres',
  shared: 'gedeeld adres (CGNAT)',
  'link-local': 'link-local-adres',
  'unique-local': 'unique-local-adres',
  documentation: 'documentatieadres',
  benchmarking: 'benchmarkadres',
  multicast: 'multicastadres',
  reserved: 'gereserveerd adres',
};

const stores: Readonly<Record<string, string>> = { machine: 'machinearchief', extra: 'extra archief' };

const names: FactWords<'dns'> = {
  'dns.rcode': ({ host, rcode, server, ms }) => `${host}: naamserver ${server} antwoordt ${rcode} na ${ms} ms`,
  'dns.extended-error': ({ host, code, text }) =>
    `${host}: de naamserver licht toe: uitgebreide fout ${code}${text === '' ? '' : ` «${text}»`}`,
  'dns.no-soa': ({ host, server }) =>
    `${host}: het negatieve antwoord van ${server} noemt geen zone (geen SOA-record), zoals vaak bij verzonnen antwoorden`,
  'dns.no-answer': ({ host, server, ms }) => `${host}: geen antwoord van naamserver ${server} binnen ${ms} ms`,
  'dns.unreachable': ({ host, server }) => `${host}: naamserver ${server} is onbereikbaar`,
  'dns.no-server': ({ host }) => `${host}: op deze machine is geen naamserver ingesteld`,
  'dns.malformed': ({ host, server }) => `${host}: het antwoord van naamserver ${server} is onleesbaar`,
  'dns.no-address': ({ host, server }) => `${host}: naamserver ${server} kent de naam en geeft geen adres`,
  'dns.truncated': ({ host, server }) =>
    `${host}: het antwoord van ${server} paste niet in UDP, en opnieuw vragen via TCP mislukte`,
  'dns.system-error': ({ host, error }) => `${host}: het besturingssysteem zegt ${error}`,
  'dns.none-resolve': ({ names: count, servers }) =>
    `Geen van ${count} publieke namen wordt omgezet; naamservers die antwoordden: ${servers}`,
  'dns.nobody-answers': ({ names: count, servers }) =>
    `Geen van ${count} namen kreeg antwoord; gevraagde naamservers: ${servers}`,
  'dns.others-resolve': ({ names: count }) =>
    count === 1 ? '1 andere naam wordt omgezet' : `${count} andere namen worden omgezet`,
  'dns.internal-resolve': ({ names: count }) =>
    `${count === 1 ? '1 interne naam wordt' : `${count} interne namen worden`} door dezelfde naamservers omgezet`,
  'dns.address': ({ host, address, class: kind }) =>
    `${host}: wordt omgezet naar ${address} (${entryOf(classes, kind) ?? `adres: ${kind}`})`,
  'dns.cname': ({ host, chain }) => `${host}: aliasketen ${chain}`,
  'dns.privatelink': ({ host, alias }) => `${host}: de alias ${alias} zegt dat een private endpoint de bedoeling is`,
  'dns.hosts-entry': ({ host, address }) => `${host}: het hosts-bestand zegt ${address}`,
  'dns.hosts-differs': ({ host, addresses }) => `${host}: de naamservers zeggen ${addresses}`,
  'dns.same-alias': ({ alias, names, sample }) => `${names} namen zijn een alias van ${alias}: ${sample}`,
  'dns.same-address': ({ address, names: count, sample }) =>
    `${address} is het antwoord voor ${count} domeinen zonder verband (${sample})`,
};

const certificates: FactWords<'certificate'> = {
  'certificate.missing': ({ host }) => `${host}: de handshake is klaar, en er is geen certificaat vastgelegd`,
  'certificate.issuer': ({ host, issuer }) => `${host}: certificaat uitgegeven door ${issuer}`,
  'certificate.private-root': ({ host, root, store }) =>
    `${host}: de keten eindigt in ${root}, alleen aanwezig in: ${entryOf(stores, store) ?? store}; geen publieke root`,
  'certificate.unknown-root': ({ host, authority }) =>
    `${host}: de keten eindigt in ${authority}, die in geen archief hier en in geen publieke verzameling staat`,
  'certificate.recurs': ({ authority, domains, sample }) =>
    `${authority} tekent voor ${domains} domeinen zonder verband (${sample})`,
  'certificate.recurs-in-domain': ({ authority, hosts, sample }) =>
    `${authority} tekent voor ${hosts} hosts (${sample})`,
  'certificate.vendor': ({ vendor, subject }) => `De naam ${subject} is de naam die ${vendor} zijn autoriteit geeft`,
  'certificate.self-signed': ({ host, subject }) => `${host}: het certificaat ${subject} is door zichzelf ondertekend`,
  'certificate.incomplete': ({ host, sent, issuer }) =>
    `${host}: ${sent} ${sent === 1 ? 'certificaat' : 'certificaten'} verzonden, en de uitgever ${issuer} is er niet bij`,
  'certificate.completed': ({ host, root }) =>
    `${host}: met de uitgever die niet verzonden werd bereikt de keten ${root}`,
  'certificate.issuer-seen': ({ host, issuer }) =>
    `${host}: een andere server stuurt de ontbrekende uitgever ${issuer}`,
  'certificate.issuer-named': ({ host, issuer }) => `${host}: de catalogus noemt de ontbrekende uitgever ${issuer}`,
  'certificate.issuer-listed': ({ host, issuer }) =>
    `${host}: de ontbrekende uitgever ${issuer} is een openbaar intermediate-certificaat, naar naam en key identifier`,
  'certificate.bad-signature': ({ host, position }) =>
    `${host}: de handtekening van certificaat ${position + 1} van de keten klopt niet`,
  'certificate.distrusted': ({ host, root }) => `${host}: ${root} wordt op deze machine uitdrukkelijk niet vertrouwd`,
  'certificate.dates': ({ host, subject, notBefore, notAfter, now }) =>
    `${host}: ${subject} is geldig van ${notBefore} tot ${notAfter}; de klok van deze machine stond op ${now}`,
  'certificate.names': ({ host, names: list }) =>
    list === '' ? `${host}: het certificaat noemt geen host` : `${host}: het certificaat is voor ${list}`,
  'certificate.purpose': ({ host, subject }) => `${host}: ${subject} is niet bedoeld voor TLS-servers`,
  'certificate.weak': ({ host, subject, weakness }) => `${host}: ${subject} is te zwak: ${weakness}`,
  'certificate.common-name': ({ host }) =>
    `${host}: de naam staat alleen in de common name, waar enkel oude clients kijken (RFC 9525, paragraaf 2)`,
  'certificate.pinned': ({ host }) => `${host}: de client pint het certificaat en aanvaardt geen ander`,
  'certificate.inspection-unsupported': ({ host }) => `${host}: de leverancier ondersteunt hier geen TLS-inspectie`,
  'certificate.inspection-works': ({ host }) => `${host}: de root wordt op deze machine vertrouwd, dus de sessie werkt`,
  'certificate.no-scts': ({ host }) => `${host}: het certificaat draagt geen bewijs van certificate transparency`,
  'certificate.revoked': ({ host, subject, at, url }) =>
    `${host}: ${subject} is ingetrokken${at === '' ? '' : ` sinds ${at}`}, zegt ${url}`,
  'certificate.root-missing': ({ host, root, sha256 }) =>
    `${host}: de keten heeft ${root} nodig (SHA-256 ${sha256}), die niet in het machinearchief staat`,
  'certificate.root-expired': ({ host, root, notAfter }) =>
    `${host}: de keten heeft ${root} nodig, verlopen op ${notAfter}`,
  'certificate.root-corrupt': ({ host, root, found }) =>
    `${host}: de keten heeft ${root} nodig; in plaats daarvan bevat het machinearchief ${found}`,
};

const ends = (usedBy: number): string => `ketens die daar eindigen: ${usedBy}`;

const checks: FactWords<'check'> = {
  'check.root-present': ({ name, usedBy }) => `${name} staat in het machinearchief; ${ends(usedBy)}`,
  'check.root-absent': ({ name, usedBy }) => `${name} staat niet in het machinearchief; ${ends(usedBy)}`,
  'check.root-absent-automatic': ({ name, usedBy }) =>
    `${name} staat niet in het machinearchief; de automatische root-update staat aan en haalt hem op wanneer nodig; ${ends(usedBy)}`,
  'check.root-absent-unneeded': ({ name }) =>
    `${name} staat niet in het machinearchief, en geen keten van deze run heeft het nodig`,
  'check.root-absent-retired': ({ name, notAfter, usedBy }) =>
    `${name} staat niet in het machinearchief, en hoeft dat ook niet (verlopen op ${notAfter}); ${ends(usedBy)}`,
  'check.root-expired': ({ name, notAfter, usedBy }) =>
    `${name} in het machinearchief is verlopen op ${notAfter}; ${ends(usedBy)}`,
  'check.root-expired-retired': ({ name, notAfter, usedBy }) =>
    `${name} staat in het machinearchief, is verlopen op ${notAfter} en niet meer nodig; ${ends(usedBy)}`,
  'check.root-corrupt': ({ name, sha256, found }) =>
    `${name}: het machinearchief bevat ${found === '' ? 'een ander certificaat' : found} in plaats van ${sha256}`,
  'check.root-distrusted': ({ name }) => `${name} wordt op deze machine uitdrukkelijk niet vertrouwd`,
  'check.root-unknown': ({ name }) => `${name}: het machinearchief kan niet worden gelezen`,
  'check.clock-right': ({ hosts: count }) => `De klok komt binnen vijf minuten overeen met ${hosts(count)}`,
  'check.clock-wrong': ({ seconds, hosts: count }) => `De klok loopt ${skew(seconds)} de tijd van ${hosts(count)}`,
  'check.clock-suspect': ({ hosts: count }) =>
    `Certificaten van ${count} hosts zonder verband vallen volgens deze klok buiten hun geldigheid`,
  'check.clock-untested': () => 'Geen antwoord bevatte een datum om de klok mee te vergelijken',
  'check.network-families': ({ families }) => `Adressen en routes: ${families}`,
  'check.network-none': () => 'Geen enkele actieve interface heeft een adres',
  'check.network-no-route': ({ families }) => `Geen standaardroute voor ${families}`,
  'check.resolver-answers': ({ servers }) => `Naamservers die antwoorden: ${servers}`,
  'check.resolver-silent': ({ servers }) => `Geen antwoord van ${servers}`,
  'check.resolver-internal': ({ servers }) => `Naamservers antwoorden en kennen geen publieke naam: ${servers}`,
  'check.resolver-none': () => 'Er is geen naamserver ingesteld',
  'check.content-head': ({ host, by, status, length, documented }) =>
    length === documented
      ? `${host}: GET brengt de download (status ${status}), HEAD niet (${by}); programma's die eerst naar de lengte vragen mislukken`
      : `${host}: HEAD noemt ${length} bytes, GET ${documented}; programma's die eerst naar de lengte vragen worden misleid`,
  'check.content-object': ({ host, status, first, expected, length, documented }) =>
    length === documented
      ? `${host}: onder het eigen certificaat kwam iets anders dan het gedocumenteerde object (status ${status}): het begint met ${first === '' ? 'niets' : first}, gedocumenteerd is ${expected}`
      : `${host}: onder het eigen certificaat heeft het object ${length} bytes, gedocumenteerd zijn er ${documented}; de leverancier heeft er misschien een nieuwer neergezet`,
  'check.cdn-edge-denial': ({ network, hosts, sample, references }) =>
    `De rand van ${network} weigert zelf ${hosts} ${hosts === 1 ? 'host' : 'hosts'} (403) onder hun eigen certificaten: ${sample}. Mogelijk weigert hij het adres waarmee dit netwerk naar buiten gaat; geef de leverancier ${references === '' ? 'dat adres en het tijdstip' : `deze referentie: ${references}`}`,
  'check.store-empty': ({ store }) =>
    `De opslag van de machine (${store}) bevat geen enkel certificaat; dit oordeel rust op de meegeleverde openbare roots, die andere programma's niet hebben`,
  'check.resolver-untested': ({ servers }) =>
    servers === '' ? 'Er is naar geen naam gevraagd' : `Er is naar geen naam gevraagd; ingesteld: ${servers}`,
  'check.names-differ': ({ names: count, sample }) =>
    `Programma's op deze machine krijgen voor ${count} ${count === 1 ? 'naam' : 'namen'} andere adressen dan de naamservers geven (${sample})`,
  'check.pace-limited': ({ failed, sample }) =>
    `${failed} mislukten toen er veel tegelijk gevraagd werd, en lukten een voor een: iets begrenst hoeveel er tegelijk mag (${sample})`,
  'check.steadiness-once': ({ what, tried }) => `${what}: een van ${tried} pogingen mislukte`,
  'check.revocation-good': ({ addresses }) =>
    `Alle ${addresses} intrekkings- en uitgeversadressen van de ketens antwoorden`,
  'check.revocation-partly': ({ failed, addresses }) =>
    `${failed} van ${addresses} intrekkings- en uitgeversadressen van de ketens ${failed === 1 ? 'antwoordt' : 'antwoorden'} niet`,
  'check.revocation-revoked': ({ certificates: count }) =>
    count === 1 ? '1 certificaat is ingetrokken' : `${count} certificaten zijn ingetrokken`,
  'check.revocation-untested': () => 'Geen keten noemde een adres dat is getest',
};

/** Dutch sentences of all facts, except those that quote the other words. */
export const facts: Omit<Words['facts'], 'experiment' | 'http.status-meaning' | `tried.${string}` | `proxy.${string}`> =
  {
    ...names,
    ...naming,
    ...family,
    ...share,
    ...certificates,
    ...checks,
    'tcp.timeout': (a) => `${place(a)}: geen antwoord op de verbindingspoging binnen ${a.ms} ms`,
    'tcp.refused': (a) => `${place(a)}: verbinding geweigerd na ${a.ms} ms`,
    'tcp.refused-here': (a) => `${place(a)}: een adres van deze machine, waar geen programma op de poort luistert`,
    'tcp.reset': (a) => `${place(a)}: verbinding gereset tijdens het openen, na ${a.ms} ms`,
    'tcp.host-unreachable': (a) => `${place(a)}: «host unreachable», gemeld na ${a.ms} ms`,
    'tcp.network-unreachable': (a) => `${place(a)}: een router zegt «network unreachable», na ${a.ms} ms`,
    'tcp.no-route': (a) => `${place(a)}: deze machine heeft geen route naar het adres`,
    'tcp.refused-near': (a) =>
      `${place(a)}: de weigering kwam na ${a.ms} ms, en geen andere host antwoordt binnen ${a.quickest} ms: ze komt van dichtbij`,
    'tcp.permission': (a) => `${place(a)}: het besturingssysteem staat de verbinding niet toe (rechtenfout)`,
    'tcp.nothing-connects': ({ addresses, targets }) =>
      `Met geen van ${addresses} adressen buiten (${targets} ${targets === 1 ? 'doel' : 'doelen'}) lukt een verbinding`,
    'tcp.others-connect': ({ addresses }) =>
      addresses === 1 ? 'Met 1 ander adres lukt de verbinding' : `Met ${addresses} andere adressen lukt de verbinding`,
    'address.failed': (a) => `${place(a)}: mislukt in fase ${a.stage} (${a.failure})`,
    'address.works': ({ host, working, tried }) =>
      `${host}: ${working} van ${tried} adressen ${working === 1 ? 'werkt' : 'werken'}`,
    'ipv6.all-fail': ({ addresses, hosts: count }) =>
      `Alle IPv6-adressen (${addresses}) mislukken, en IPv4 werkt voor ${count === 1 ? 'dezelfde host (1)' : `dezelfde ${count} hosts`}`,
    'tunnel.failed': ({ host, proxy, failure }) => `${host}: de proxy ${proxy} geeft geen tunnel (${failure})`,
    'tls.reset': (a) =>
      `${place(a)}: de verbinding wordt ${a.ms} ms na het begin van de TLS-handshake gereset; daarvoor ${received(a.bytesRead)}`,
    'tls.closed': (a) =>
      `${place(a)}: de verbinding wordt ${a.ms} ms na het begin van de TLS-handshake gesloten; daarvoor ${received(a.bytesRead)}`,
    'tls.before-hello': (a) => `${place(a)}: de verbinding eindigde voordat de ClientHello was verzonden`,
    'tls.timeout': (a) =>
      `${place(a)}: de TLS-handshake stopt; ${a.bytesRead === 0 ? 'geen byte' : `slechts ${bytes(a.bytesRead)}`} ontvangen binnen ${a.ms} ms`,
    'tls.hello-size': ({ host, bytes: count }) => `${host}: de ClientHello was ${bytes(count)} groot`,
    'tls.alert': (a) => `${place(a)}: TLS-alert ${a.alert} (${a.name})`,
    'tls.not-tls': (a) =>
      `${place(a)}: ${a.text === '' ? 'wat antwoordt is geen TLS' : `de eerste bytes zijn geen TLS: «${a.text}»`}`,
    'tls.old-version': (a) => `${place(a)}: antwoordt met ${a.version}`,
    'tls.protocol': (a) =>
      `${place(a)}: het TLS-antwoord is niet aanvaardbaar${a.detail === '' ? '' : ` (${a.detail})`}`,
    'revocation.unreachable': ({ host, url, failure }) => `${host}: ${url} is onbereikbaar (${failure})`,
    'revocation.refused': ({ host, url, status }) => `${host}: ${url} wordt geweigerd met status ${status}`,
    'revocation.block-page': ({ host, url }) =>
      `${host}: ${url} antwoordt met een webpagina in plaats van intrekkingsgegevens`,
    'http.status': ({ host, status, reason }) => `${host}: HTTP-status ${status}${reason === '' ? '' : ` ${reason}`}`,
    'http.header': ({ host, name, value }) => `${host}: antwoordheader ${name}: ${value}`,
    'http.page': ({ host, vendor }) => `${host}: het antwoord draagt de kenmerken van ${vendor}`,
    'http.body': ({ host, text }) => `${host}: de pagina begint met «${text}»`,
    'http.plain': ({ host }) => `${host}: het pad is niet versleuteld, dus iedereen onderweg kan antwoorden`,
    'http.content': ({ host, status, bytes, first }) =>
      first === ''
        ? `${host}: status ${status}, er kwam niets van het object`
        : `${host}: status ${status}, ${bytes} bytes die beginnen met ${first}`,
    'http.truncated': ({ host, bytes, expected, how }) => {
      const end = how === 'stalled' ? 'de inhoud staat stil' : 'de verbinding eindigt';
      return expected < 0 ? `${host}: ${end} na ${bytes} bytes` : `${host}: ${end} na ${bytes} van ${expected} bytes`;
    },
    'http.expected-bytes': ({ host, expected }) => `${host}: volgens de documentatie begint het object met ${expected}`,
    'http.range-ignored': ({ host }) => `${host}: het gevraagde bereik wordt genegeerd`,
    'http.content-length': ({ host, length, documented }) =>
      `${host}: het object heeft ${length} bytes, gedocumenteerd zijn er ${documented}`,
    'http.content-hash': ({ host, sha256 }) =>
      `${host}: het object heeft een andere hash dan gedocumenteerd: ${sha256}`,
    'http.cdn': ({ host, header }) => `${host}: de eigen front-end van de dienst antwoordde (header ${header})`,
    'http.redirect': ({ host, location }) => `${host}: omgeleid naar ${location}`,
    'http.same-page': ({ host, domains }) =>
      `${host} antwoordt op onversleuteld HTTP zoals ${domains} domeinen zonder verband: één en hetzelfde verzoek om aan te melden`,
    'http.shared-page': ({ host, domains }) =>
      `${host} antwoordt op onversleuteld HTTP met de pagina die ${domains} domeinen zonder verband geven`,
    'http.same-redirect': ({ location, domains }) =>
      `Naar ${location} worden ${domains} domeinen zonder verband gestuurd`,
    'http.added-header': ({ name, value, domains }) =>
      `Elk onversleuteld HTTP-antwoord (${domains} domeinen zonder verband) draagt de header ${name}: ${value}, en geen antwoord via TLS`,
    'http.expected-status': ({ host, status, expected }) =>
      `${host}: volgens de documentatie antwoordt de dienst ${expected}, niet ${status}`,
    'http.expected-header': ({ host, name }) => `${host}: de header ${name}, die de dienst stuurt, ontbreekt`,
    'http.timeout': (a) => `${place(a)}: geen HTTP-antwoord binnen ${a.ms} ms`,
    'http.reset': (a) => `${place(a)}: de verbinding wordt ${a.ms} ms na het verzoek gereset`,
    'http.closed': (a) => `${place(a)}: de verbinding wordt ${a.ms} ms na het verzoek gesloten, zonder antwoord`,
    'http.malformed': (a) => `${place(a)}: het antwoord is geen geldige HTTP${a.detail === '' ? '' : ` (${a.detail})`}`,
    'http.overflow': (a) => `${place(a)}: de headers van het antwoord eindigen niet binnen de grens`,
    'http.hop': ({ host, hop, cause }) => `${host}: leidt om naar ${hop}, wat mislukt (${cause})`,
    'local.no-address': () => 'Geen enkele actieve interface heeft een adres behalve loopback',
    'local.no-default-route': () => 'Er is in geen enkele adresfamilie een standaardroute',
    'local.nothing-leaves': ({ targets }) => `Geen van ${targets} doelen buiten deze machine gaf antwoord`,
    'local.resources': ({ host, error }) => `${host}: niet getest, omdat deze machine ${error} meldde`,
    'local.fault': ({ host, error }) => `${host}: een fout in wayclear zelf, niet in het netwerk: ${error}`,
    'clock.offset': ({ seconds, hosts: count }) => `De klok loopt ${skew(seconds)} de tijd van ${hosts(count)}`,
    'clock.dates': ({ hosts: count }) =>
      `Certificaten van ${count} hosts zonder verband vallen volgens deze klok buiten hun geldigheid`,
    'failure.raw': ({ host, stage, failure, message }) => `${host}: fase ${stage} eindigt met ${failure}: ${message}`,
  };
