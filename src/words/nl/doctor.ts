import type { DoctorWords } from '../contract.ts';

/** Dutch words of what `doctor` judges. */
export const doctor: DoctorWords = {
  verdict(wrong, look) {
    if (wrong + look === 0) return 'Hier staat niets in de weg; wayclear check zegt of het pad dat doet.';
    const parts = [
      ...(wrong === 0 ? [] : [`${wrong} ${wrong === 1 ? 'ding is' : 'dingen zijn'} fout`]),
      ...(look === 0 ? [] : [`${look} ${look === 1 ? 'vraagt' : 'vragen'} aandacht`]),
    ];
    return `${parts.join(', ')}.`;
  },
  history: 'Wat is vastgelegd',
  windows: {
    account: 'Account',
    accounts: {
      'local-system': 'Lokaal systeem',
      'local-service': 'Lokale service',
      'network-service': 'Netwerkservice',
      other: 'een ander',
      unknown: 'onbekend',
    },
    suffixes: 'DNS-achtervoegsels',
    rules: 'Regels voor naamomzetting',
    servers: 'Servers van de adapters',
    sources: {
      policy: 'groepsbeleid',
      local: 'deze machine',
      set: 'met de hand ingesteld',
      dhcp: 'DHCP',
    },
    logs: 'Logboeken van de rol',
    logsFrom: {
      registry: 'volgens het register',
      default: 'de gedocumenteerde standaard',
    },
    notThere: 'niet aanwezig',
    proven: 'Wat Windows ondervraagt, en hoe ver het bewezen is (niets hier draaide ooit op Windows zelf)',
    part: 'onderdeel',
    proof: 'bewezen',
    parts: {
      registry: 'register',
      'code-pages': 'codetabellen',
      'hosts-file': 'hosts-bestand',
      resolver: 'naamomzetting van het systeem',
      'name-policy': 'regels voor naamomzetting',
      suffixes: 'DNS-achtervoegsels',
      'dns-servers': 'naamservers van de adapters',
      winhttp: 'WinHTTP',
      wininet: 'WinINET, van elk account',
      'proxy-policy': 'proxyinstellingen door beleid',
      'certificate-stores': 'certificaatarchieven',
      'role-logs': 'map van de logboeken van de rol',
      netsh: 'tekst van netsh',
      account: 'account',
      'disallowed-list': 'lijst van niet-vertrouwde certificaten',
      'event-log': 'gebeurtenislogboek, voor meldingen',
    },
    proofs: {
      wine: 'draaide onder Wine',
      published: 'leest uitvoer zoals anderen die publiceerden',
      constructed: 'leest uitvoer gemaakt naar de documenten',
    },
  },
  findings: {
    'own-roots': {
      what: 'Rootcertificaten worden alleen voor dit account vertrouwd',
      next: 'De rol werkt als Local System en vertrouwt ze niet: importeer ze in het archief van de machine (Lokale computer, Vertrouwde basiscertificeringsinstanties).',
    },
    'other-account': {
      what: 'Dit is niet het account waaronder de rol werkt',
      next: 'De rol werkt als Local System, met eigen proxyinstellingen en certificaten: voer wayclear onder dat account uit (docs/windows.md).',
    },
    'unknown-account': {
      what: 'Niets hier zegt welk account dit is',
      next: 'De rol werkt als Local System, met eigen proxyinstellingen en certificaten: daar zegt `whoami /user` S-1-5-18 (docs/windows.md).',
    },
    pac: {
      what: 'Een PAC-bestand beslist per host',
      next: 'wayclear plan toont wat een lokaal bestand antwoordt, wayclear check wat een bestand op afstand antwoordt.',
    },
    'proxy-mistakes': {
      what: 'Proxyinstellingen bevatten vermeldingen die niets doen, of die programma’s verschillend lezen',
      next: 'Verbeter de hieronder genoemde vermeldingen waar ze zijn ingesteld.',
    },
    'no-resolver': {
      what: 'Er is geen naamserver ingesteld',
      next: 'Vul er een in bij de netwerkinstellingen, of geef --dns-server IP.',
    },
    'no-address': {
      what: 'Deze machine heeft geen adres in een netwerk',
      next: 'Verbind de machine, en controleer de netwerkadapter en DHCP.',
    },
    'no-default-route': {
      what: 'Geen standaardroute: alleen het netwerk van deze machine is bereikbaar',
      next: 'Stel de gateway in bij de netwerkinstellingen, tenzij een proxy in dit netwerk naar buiten leidt (--proxy).',
    },
    'store-unread': {
      what: 'Een certificaatarchief kan niet of niet volledig worden gelezen',
      next: 'Controleer of het pad bestaat en of dit account het mag lezen.',
    },
    'store-empty': {
      what: 'Het certificaatarchief van deze machine is leeg',
      next: 'Installeer de publieke roots (ca-certificates op Debian), of sta op Windows de automatische update van rootcertificaten toe.',
    },
    'no-sqlite': {
      what: 'Niets hier opent een opslag van SQLite: watch, history en check --store hebben er een nodig',
      next: 'Gebruik Node.js 22.13 of nieuwer, het uitvoerbare bestand, of voeg het pakket toe: npm install @photostructure/sqlite@1.2.1',
    },
    'old-sqlite': {
      what: 'Deze SQLite is ouder dan 3.51.3 en kan een opslag beschadigen die twee programma’s open hebben',
      next: 'Werk Node.js bij, of gebruik het uitvoerbare bestand.',
    },
  },
};
