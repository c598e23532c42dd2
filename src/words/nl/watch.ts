import type { WatchWords } from '../contract.ts';

/** Dutch words of watches, their history and their incidents. */
export const watch: WatchWords = {
  kinds: {
    opened: 'geopend',
    worse: 'erger',
    closed: 'gesloten',
    unwatched: 'niet meer bewaakt',
    reminder: 'nog open',
    unstable: 'onrustig',
    changed: 'veranderd',
    silent: 'stil',
    'maintenance-ended': 'onderhoud voorbij',
  },
  states: { suspected: 'één keer gezien', open: 'open', closed: 'gesloten' },
  unstable: 'komt en gaat',
  subjects: {
    issuer: 'uitgever van het certificaat',
    root: 'root van de keten',
    'certificate-end': 'einde van het certificaat',
    addresses: 'netwerken van de naam',
    catalog: 'wat de documenten vragen',
    proxy: 'proxy van deze machine',
    resolver: 'resolvers van deze machine',
  },
  lookKinds: {
    watch: 'bewaking',
    again: 'opnieuw',
    check: 'met de hand',
    carried: 'gedragen',
    collected: 'verzameld',
    late: 'laat',
  },
  watching: (machine, store, every) => `Bewaakt ${machine} elke ${every}; wat er gezien wordt staat in ${store}.`,
  serving: (address) => `De pagina staat op ${address}`,
  next: (at) => `volgende blik ${at}`,
  overlap:
    'Een andere bewaking van deze machine werkt al op deze opslag, aan hetzelfde of aan iets anders; deze heeft niet gekeken.',
  stopped: 'De bewaking is beëindigd.',
  held: (count) => `${count} ${count === 1 ? 'bericht wacht' : 'berichten wachten'} op het einde van het venster`,
  waiting: (trouble) => `nog niet vastgelegd, het wordt opnieuw geprobeerd: ${trouble}`,
  oldCatalog: (trouble) => `de catalogus van de vorige blik geldt: ${trouble}`,
  olderCatalog: (url, features) =>
    `de catalogus op ${url} is ouder dan die hier, en niets wordt gemeld van: ${features}`,
  undelivered: (way, why, final) =>
    `bericht niet bezorgd via ${way}: ${why}; ${final ? 'het wordt opgegeven' : 'later nog eens'}`,
  whyNot: {
    status: (status) => `status ${status}`,
    exit: (code) => `het eindigde met ${code}`,
    signal: (signal) => `het werd beëindigd door ${signal}`,
    'proxy-status': (status) => `de proxy antwoordt met status ${status}`,
    'proxy-account': () => 'de proxy vraagt om een account (status 407)',
    'proxy-refused': () =>
      'de proxy weigert het account, dat niet opnieuw wordt gestuurd vóór een ander wachtwoord of een half uur',
    'account-refused': (status) =>
      `de server weigert het account (status ${status}), dat niet opnieuw wordt gestuurd vóór een half uur om is`,
    'account-unasked': () => 'de server vraagt niet om een account van deze soort, dat dus niet wordt gestuurd',
    'account-held': () =>
      'het account werd geweigerd, of niets toonde dat het klopt; het wordt niet opnieuw gestuurd vóór een half uur om is',
    'connection-ended': () => 'de verbinding is beëindigd',
    failed: () => 'het is mislukt',
    TimeoutError: () => 'er kwam niets op tijd',
    ENOENT: () => 'dat programma is er niet',
  },
  restart: 'Gebruikt het serviceverbindingspunt wat er veranderde, herstart dan SMS_EXECUTIVE op de server met de rol.',
  moved:
    'Is de rol van de ene naar de andere machine verhuisd: vernieuw in de console de geheime sleutels van de Microsoft Entra-tenants, en herstart daar SMS_EXECUTIVE.',
  open: (count) => `${count} open`,
  noneOpen: 'Er is niets open',
  looks: (count, from, to) => `${count} ${count === 1 ? 'blik' : 'blikken'} van ${from} tot ${to}`,
  noLooks: 'Er is nog geen blik vastgelegd.',
  nothingMatches: 'Niets van wat is vastgelegd past daarbij.',
  since: (at, lasted) => `sinds ${at} (${lasted})`,
  lasted: (ms) => {
    const minutes = Math.max(1, Math.round(ms / 60_000));
    if (minutes < 120) return `${minutes} min`;
    return minutes < 2880 ? `${Math.round(minutes / 60)} u` : `${Math.round(minutes / 1440)} d`;
  },
  columns: {
    time: 'tijd',
    kind: 'soort',
    opened: 'geopend',
    closed: 'gesloten',
    lasted: 'duurde',
    hosts: 'hosts',
    feature: 'functie',
    days: '30 dagen',
    reached: 'bereikt',
    times: 'tijden',
    proxy: 'proxy',
  },
  headings: {
    open: 'Open',
    closed: 'Gesloten',
    features: 'Functies, dag voor dag',
    targets: 'Doelen, blik voor blik',
    looks: 'Laatste blikken',
  },
  evidenceThen: 'toen',
  evidenceNow: 'nu',
  sound: (engine, size, looks) => `in orde: ${engine}, ${size}, ${looks} ${looks === 1 ? 'blik' : 'blikken'}`,
  copied: (rows) => `${rows} ${rows === 1 ? 'rij' : 'rijen'} gekopieerd`,
};
