import type { FactWords, TellingWords } from '../contract.ts';

/** Dutch sentences about what programs on this machine get for a name. */
export const naming: FactWords<'naming'> = {
  'naming.searched': ({ host, name, addresses, search, ndots }) =>
    `${host}: programma's op deze machine vragen naar ${name} en krijgen ${addresses} (resolv.conf: search ${search}, ndots ${ndots})`,
  'naming.suffix': ({ host, name, addresses, suffixes }) =>
    `${host}: programma's op deze machine vragen naar ${name} en krijgen ${addresses} (DNS-achtervoegsels: ${suffixes})`,
  'naming.rule': ({ host, rule, from, servers, answer }) =>
    `${host}: een regel van de Name Resolution Policy Table (${from === 'policy' ? 'groepsbeleid' : 'deze machine'}, «${rule}») vraagt het aan ${servers}; het antwoord daar: ${answer}`,
  'naming.servers-say': ({ host, answer }) => `${host}: over de naam zelf zeggen de naamservers ${answer}`,
  'naming.sources': ({ host, sources }) =>
    `${host}: programma's op deze machine zoeken in «${sources}» (nsswitch.conf) en krijgen niets`,
  'naming.too-late': ({ host, server, ms, waitMs, attempts }) =>
    `${host}: ${server} antwoordde na ${ms} ms; programma's op deze machine wachten ${waitMs} ms (resolv.conf), en ${attempts} verdere vragen bleven in die tijd onbeantwoord`,
  'naming.over-tcp': ({ servers }) =>
    `Programma's op deze machine vragen ${servers} alleen via TCP (resolv.conf: use-vc)`,
  'naming.turn': ({ host, server, answer }) =>
    `${host}: wie bij ${server} begint, krijgt ${answer} (resolv.conf: rotate)`,
};

/** Dutch sentences about address families that don't meet. */
export const family: FactWords<'family'> = {
  'family.only': ({ host, family, machine }) =>
    `${host}: de naam heeft alleen IPv${family}-adressen, en deze machine heeft alleen IPv${machine}`,
};

/** Dutch sentences about what fails at times. */
export const share: FactWords<'share'> = {
  'share.failed': ({ what, failed, tried }) =>
    `${what}: ${failed} van ${tried} pogingen mislukten, een voor een gedaan`,
};

/** Dutch titles and remedies of root causes of which a fact says more than the cause. */
export const telling: TellingWords = {
  'naming.searched': {
    title: 'De zoeklijst stuurt de naam ergens anders heen',
    remedies: [
      'Haal het domein van de zoeklijst van deze machine, of verlaag ndots, in resolv.conf of waar het gemaakt wordt (DHCP, podinstellingen).',
      'Of vraag de DNS-beheerder het wildcardrecord van dat domein te verwijderen.',
    ],
  },
  'naming.suffix': {
    title: 'Een DNS-achtervoegsel stuurt de naam ergens anders heen',
    remedies: [
      'Haal het achtervoegsel van de lijst van deze machine: het beleid «Zoeklijst voor DNS-achtervoegsels», de instellingen van de adapter, of DHCP.',
      'Of vraag de DNS-beheerder het wildcardrecord van dat domein te verwijderen.',
    ],
  },
  'naming.rule': {
    title: 'Een naamomzettingsbeleid stuurt de naam naar andere servers',
    remedies: [
      'Vraag wie het beleid beheert (VPN, DirectAccess, groepsbeleid; Get-DnsClientNrptPolicy toont het) deze naam uit de regel te laten.',
      'Of vraag de DNS-beheerder van de servers in de regel voor de naam te antwoorden.',
    ],
  },
  'naming.sources': {
    title: "Programma's op deze machine vinden de naam niet",
    remedies: [
      'Verbeter de hosts-regel van /etc/nsswitch.conf: «files dns» raadpleegt het hosts-bestand en daarna de naamservers.',
    ],
  },
  'naming.too-late': {
    title: "De naamserver antwoordt later dan programma's wachten",
    remedies: [
      'Vraag de DNS-beheerder waarom de server zo traag is.',
      'Verhoog tot dan de opties timeout en attempts in resolv.conf.',
    ],
  },
  'naming.over-tcp': {
    title: 'Geen naamserver antwoordt via TCP',
    remedies: [
      'Vraag de firewallbeheerder TCP-poort 53 van deze machine naar haar naamservers toe te staan, of de DNS-beheerder TCP te bedienen.',
      'Of haal «options use-vc» uit resolv.conf.',
    ],
  },
  'naming.turn': {
    title: 'Een van de naamservers weet minder dan de andere',
    remedies: [
      'Haal die server uit resolv.conf, of vraag de DNS-beheerder publieke namen daar door te sturen.',
      "Zonder «options rotate» zouden programma's altijd bij de eerste server beginnen.",
    ],
  },
  'family.only': {
    title: 'De naam en deze machine hebben geen adresfamilie gemeen',
    remedies: [
      'Hebben de namen alleen IPv4: vraag de netwerkbeheerder om NAT64 met DNS64, of om IPv4.',
      'Hebben ze alleen IPv6: vraag de netwerkbeheerder om IPv6.',
      'Of gebruik een proxy die beide heeft: --proxy URL.',
    ],
  },
  'share.failed': {
    title: 'Het werkt soms en mislukt soms',
    remedies: [
      'Vraag de beheerder van wat daar antwoordt de machines een voor een na te gaan: een ervan kan kapot of overbelast zijn.',
      'Noem het aandeel en de tijd: een enkele test slaagt vaak.',
    ],
  },
  'proxy.pac-answer': {
    title: 'Het PAC-bestand stuurt doelen de verkeerde kant op',
    remedies: [
      'Vraag de eigenaar van het PAC-bestand te verbeteren wat het voor deze hosts antwoordt: de proxy waar het directe pad dicht is, DIRECT voor interne hosts waar de proxy niet heen leidt. Daarvoor hoeft niets open.',
    ],
  },
  'tcp.refused-here': {
    title: 'Op deze poort van deze machine luistert niets',
    remedies: ['Start de dienst die daar hoort te antwoorden, of verbeter het adres: er staat geen firewall tussen.'],
  },
};
