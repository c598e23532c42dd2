import { entryOf } from '../../entry.ts';
import type { ProxyFactWords } from '../contract.ts';

/** Why an authentication did not succeed; also why a scheme was passed over. */
const reasons: Readonly<Record<string, string>> = {
  disabled: 'authenticatie is uitgeschakeld (--proxy-auth none)',
  'no-challenge': 'de 407 noemt geen schema',
  unsupported: 'geen gemeenschappelijk schema',
  'no-credentials': 'er is geen account opgegeven',
  ticket: 'er kon geen ticket worden verzonden',
  'account-unusable': 'het schema kan dit account niet overbrengen',
  'no-continuation': 'de proxy zet de dialoog op zijn verbinding niet voort',
  'malformed-challenge': 'de challenge is onleesbaar',
  rejected: 'de proxy wijst het af',
  'connection-closed': 'de proxy sluit elke verbinding na zijn 407',
};

const details: Readonly<Record<string, string>> = {
  'not-available': 'het optionele pakket kerberos is niet geïnstalleerd',
  'no-ticket': 'dit account heeft geen ticket',
  'ticket-expired': 'het ticket is verlopen',
  clock: 'de klok wijkt te ver af van die van de domeincontroller',
  'unknown-service': 'de directory kent geen dienst met deze naam voor de proxy',
  'no-kdc': 'geen domeincontroller is bereikbaar',
  timeout: 'de domeincontroller antwoordt niet op tijd',
};

const reason = (text: string): string => entryOf(reasons, text) ?? entryOf(details, text) ?? text;

/** What is wrong with an entry, in a few words. */
const mistakes: Readonly<Record<string, string>> = {
  'empty-entry': 'een lege vermelding (twee scheidingstekens achter elkaar) doet niets',
  'star-without-dot': 'een * direct voor een naam is geen patroon',
  'star-in-list': 'een * naast andere vermeldingen lezen sommige als alles en andere als niets',
  'star-inside': 'namen worden op hun einde vergeleken, een * in het midden heeft geen effect',
  'star-dot': 'niet elk programma kent wildcards',
  'cidr-for-names': 'een netwerk past op adressen, niet op namen',
  'cidr-invalid': 'dit is geen netwerk',
  'local-token': '<local> heeft alleen op Windows betekenis',
  'missing-dot': 'zonder punt vooraan past bij sommige alleen de naam zelf, niet wat eronder valt',
  'leading-dot': 'met een punt vooraan past bij sommige de naam zelf niet',
  port: 'niet elk programma leest poorten',
  'url-entry': 'een vermelding is een naam, geen URL',
  'path-entry': 'een vermelding kan geen pad hebben',
  'wrong-separator': 'het scheidingsteken is hier een ander',
  'space-separator': 'sommige lezen alleen komma’s',
  'too-long': 'de lijst is langer dan wat wordt gelezen',
  'scheme-missing': 'zonder http:// nemen sommige een ander schema, waaronder https',
  quoted: 'de aanhalingstekens horen bij de waarde',
  'line-end': 'de waarde eindigt op een regelteken, dat andere als deel ervan opvatten',
  'account-unencoded': 'het account bevat een @ die niet als %40 is geschreven',
  'proxy-unencoded':
    'niemand kan de waarde lezen: #, /, ? en @ in het account moeten als %23, %2F, %3F en %40 worden geschreven',
  'proxy-list': 'de waarde bevat meerdere toewijzingen; niemand leest hier meer dan één proxy',
  'path-ignored': 'het pad van een proxy-URL wordt genegeerd',
  'proxy-invalid': 'de waarde noemt geen bruikbare proxy',
  'pac-url-unusable': 'het adres voor automatische configuratie is onbruikbaar',
};

/** Readers of PAC files, by their codes. */
const pacReaderNames: Readonly<Record<string, string>> = {
  winhttp: 'WinHTTP',
  'older-browsers': 'browsers tot 2018',
  'pac-resolver': 'pac-resolver van Node.js',
};

const pacReaders = (codes: string): string =>
  codes
    .split(',')
    .map((code) => entryOf(pacReaderNames, code) ?? code)
    .join(', ');

const entryText = (name: string, entry: string): string => (entry === '' ? name : `${name}, vermelding ${entry}`);

/** What is said of a proxy, in Dutch. */
export const proxyFacts: ProxyFactWords = {
  'proxy.source': ({ proxy, source, why }) => `De proxy ${proxy} komt uit ${why} (${source})`,
  'proxy.name': ({ proxy, failure, server }) =>
    `De naam in ${proxy} wordt niet omgezet (${failure}${server === '' ? '' : `, naamserver ${server}`})`,
  'proxy.connect': ({ proxy, address, failure }) => `${proxy} op ${address}: geen verbinding (${failure})`,
  'proxy.own-machine': ({ proxy }) =>
    `${proxy} staat op deze machine: zo ziet een achtergebleven instelling van een verwijderde agent eruit`,
  'proxy.others-reached': ({ proxy, tunnels }) =>
    `${proxy} leidt in deze uitvoering naar ${tunnels} ${tunnels === 1 ? 'ander doel' : 'andere doelen'}`,
  'proxy.refuses-tunnel': ({ host, proxy, status }) =>
    `${host}: ${proxy} antwoordt ook op CONNECT voor deze host ${status}: het antwoord komt van hemzelf`,
  'proxy.same-for-address': ({ proxy, address }) =>
    `${proxy} antwoordt voor het kale adres ${address} net als voor namen: aan de namen ligt het niet`,
  'proxy.other-for-address': ({ proxy, address }) =>
    `${proxy} probeert het kale adres ${address} wel: voor namen vindt hij geen adres`,
  'proxy.same-answer': ({ host, proxy, other }) =>
    `${host}: ${proxy} geeft het antwoord dat hij op CONNECT voor ${other} gaf: het is van hemzelf`,
  'proxy.status': ({ host, proxy, status, reason: text }) =>
    `${host}: de proxy ${proxy} antwoordt ${status}${text === '' ? '' : ` ${text}`}`,
  'proxy.header': ({ proxy, name, value }) => `${proxy}: antwoordheader ${name}: ${value}`,
  'proxy.body': ({ proxy, text }) => `${proxy}: de pagina begint met «${text}»`,
  'proxy.vendor': ({ proxy, vendor }) => `${proxy}: het antwoord draagt de kenmerken van ${vendor}`,
  'proxy.silent': ({ host, proxy, ms }) =>
    `${host}: de proxy ${proxy} neemt de verbinding aan en zegt niets binnen ${ms} ms`,
  'proxy.ended': ({ host, proxy, failure }) =>
    `${host}: de proxy ${proxy} beëindigt de verbinding zonder antwoord (${failure})`,
  'proxy.not-http': ({ proxy, text }) => `${proxy}: de eerste bytes zijn van een ander protocol: «${text}»`,
  'proxy.speaks-tls': ({ proxy }) => `${proxy}: daar antwoordt TLS: het schema moet misschien https zijn`,
  'proxy.page-for-tunnel': ({ proxy }) => `${proxy} beantwoordt CONNECT met een pagina, en geen sessie kwam erdoor`,
  'proxy.overflow': ({ proxy }) => `${proxy}: de headers van het antwoord eindigen niet binnen de grens`,
  'proxy.tls': ({ proxy, problem }) => `${proxy}: de TLS-sessie met de proxy mislukt (${problem})`,
  'proxy.certificate': ({ proxy, subject, issuer }) =>
    `${proxy}: toont het certificaat ${subject}, uitgegeven door ${issuer}`,
  'proxy.offers': ({ proxy, schemes }) => `${proxy}: vraagt om authenticatie en biedt ${schemes}`,
  'proxy.offers-nothing': ({ proxy }) => `${proxy}: vraagt om authenticatie en noemt geen schema`,
  'proxy.auth': ({ proxy, scheme, legs, reason: why, detail }) =>
    `${proxy}: ${scheme === '' ? '' : `${scheme}, na ${legs} ${legs === 1 ? 'antwoord' : 'antwoorden'}: `}${reason(why)}${detail === '' || detail === why ? '' : ` (${reason(detail)})`}`,
  'proxy.auth-skipped': ({ proxy, scheme, why }) => `${proxy}: ${scheme} is niet geprobeerd: ${reason(why)}`,
  'proxy.auth-once': ({ proxy, scheme, host }) =>
    `${proxy}: vraagt om het account (${scheme}); het is één keer verzonden, voor ${host}, en niet aanvaard, en in deze run niet opnieuw verzonden, om het niet te vergrendelen`,
  'proxy.socks': ({ host, proxy, reply, name }) => `${host}: de SOCKS-proxy ${proxy} antwoordt ${reply} (${name})`,
  'proxy.passed-over': ({ proxy, failure }) => `Het PAC-bestand noemt eerst ${proxy}, die onbruikbaar is (${failure})`,
  'proxy.granted': ({ host, proxy }) => `${host}: de proxy ${proxy} maakt de weg vrij; wat mislukt, komt daarna`,
  'proxy.direct-works': ({ host }) => `${host}: het directe pad werkt`,
  'proxy.direct-fails': ({ host, failure }) => `${host}: het directe pad mislukt (${failure})`,
  'proxy.bypassed': ({ host, entry }) => `${host} gaat door de regel ${entry} van de uitzonderingen langs de proxy`,
  'proxy.other-works': ({ host, proxy }) => `${host}: de ingestelde proxy ${proxy} bereikt hem`,
  'proxy.intended': ({ host, entry }) =>
    `${host} gaat via de proxy, hoewel de regel ${entry} van de uitzonderingen hem lijkt te bedoelen`,
  'proxy.network-entry': ({ host, address, entry }) =>
    `${host} heeft het adres ${address}, dat in ${entry} van de uitzonderingen ligt: een netwerk geldt daar voor adressen, niet voor namen`,
  'proxy.unlisted': ({ host, address }) => `${host} heeft het privéadres ${address} en gaat via de proxy`,
  'proxy.direct-closed': ({ targets, sample }) =>
    `Het directe pad is gesloten voor ${targets} ${targets === 1 ? 'doel' : 'doelen'} die de proxy bereikt (${sample})`,
  'proxy.mistakes': ({ name, entry, code, dialects, more }) =>
    `${proxyFacts['proxy.mistake']({ name, entry, code, dialects })}${more === 0 ? '' : `; nog ${more} van deze soort`}`,
  'proxy.client-name': ({ proxy, name }) =>
    `${proxy}: werd gevraagd met de clientnaam ${name}; een proxy die alleen bekende programma's toelaat, accepteert een andere (--user-agent)`,
  'proxy.pac': ({ url, detail }) => `PAC-bestand ${url}: ${detail}`,
  'proxy.pac-answer': ({ host, answer }) => `Het PAC-bestand antwoordt «${answer}» voor ${host}`,
  'proxy.pac-reading': ({ call, value, readers, otherwise }) =>
    `In het PAC-bestand is ${call} voor browsers van nu en hier ${value}, en voor ${pacReaders(readers)} ${otherwise}`,
  'proxy.readers-differ': ({ call, value, readers, otherwise, more }) =>
    `${proxyFacts['proxy.pac-reading']({ call, value, readers, otherwise })}${more === 0 ? '' : `, en zo ook ${more} andere ${more === 1 ? 'aanroep' : 'aanroepen'}`}: programma's op deze machine kunnen verschillende wegen nemen`,
  'proxy.mistake': ({ name, entry, code, dialects }) =>
    `${entryText(name, entry)}: ${entryOf(mistakes, code) ?? code}${dialects === '' ? '' : ` (anders gelezen door ${dialects})`}`,
  'proxy.differs': ({ host, entry, dialects, bypass }) =>
    bypass === 1
      ? `${host} gaat door ${entry} langs de proxy; ${dialects} zou de proxy gebruiken`
      : `${host} gaat via de proxy; ${dialects} zou er langs gaan`,
};
