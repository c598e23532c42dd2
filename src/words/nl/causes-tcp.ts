import type { CauseWordsOf } from '../contract.ts';

/** Dutch words of the causes whose ids begin with `tcp`. */
export const tcp: CauseWordsOf<'tcp'> = {
  'tcp.dropped': {
    title: 'Een firewall laat de pakketten stil vallen',
    meaning: 'De verbindingspoging krijgt geen antwoord, terwijl andere bestemmingen wel antwoorden.',
    evidence: 'Een time-out op elk adres van de host.',
    remedies: [
      'Vraag de firewallbeheerder om uitgaand TCP van deze machine naar deze hosts en poorten toe te staan (liever op naam dan op adres, want adressen veranderen).',
    ],
  },
  'tcp.egress-blocked': {
    title: 'Directe verbindingen dit netwerk uit zijn geblokkeerd',
    meaning:
      'Geen enkele bestemming buiten is direct bereikbaar. Zulke netwerken staan meestal alleen een webproxy toe.',
    evidence: 'Verschillende adressen mislukken allemaal in dezelfde fase, en geen enkel maakt verbinding.',
    remedies: [
      'Voer opnieuw uit met de webproxy van de locatie: --proxy URL, en stel het product daarop in.',
      'Als er geen proxy hoort te zijn: vraag de firewallbeheerder om uitgaand TCP 443 en 80 van deze machine naar de vermelde hosts toe te staan.',
    ],
  },
  'tcp.refused': {
    title: 'De verbinding wordt geweigerd',
    meaning:
      'Iets antwoordt dat er niemand luistert: een gesloten poort op de bestemming, een verkeerd adres, of een firewall die weigert.',
    evidence: 'Een reset of een ICMP-bericht «port unreachable» als antwoord op de verbindingspoging.',
    remedies: [
      'Vraag de firewallbeheerder of een regel uitgaand TCP naar deze hosts en poorten weigert.',
      'Zo niet, vraag de beheerder van de dienst of die daar luistert.',
    ],
  },
  'tcp.prohibited': {
    title: 'Een router zegt dat de bestemming verboden is',
    meaning:
      'Een router of firewall antwoordt meteen met een ICMP-bericht dat de host onbereikbaar of administratief verboden is.',
    evidence: 'Een snelle «host unreachable» voor een adres achter de gateway.',
    remedies: ['Vraag de beheerder van de router of firewall om uitgaand TCP naar deze hosts en poorten toe te staan.'],
  },
  'tcp.no-route': {
    title: 'Er is geen route naar de bestemming',
    meaning: 'De routetabel van deze machine, of een router onderweg, heeft geen route naar het adres.',
    evidence: '«Network unreachable», of geen buur die voor het adres antwoordt.',
    remedies: [
      'Vraag de netwerkbeheerder om een route naar de bestemming, en controleer gateway en VPN van deze machine.',
    ],
  },
  'tcp.ipv6-broken': {
    title: 'IPv6 werkt niet, IPv4 wel',
    meaning:
      'Deze machine heeft IPv6, maar bereikt er niets mee. Programma’s wachten erop voordat ze terugvallen op IPv4.',
    evidence: 'Alle IPv6-adressen mislukken waar de IPv4-adressen van dezelfde namen werken.',
    remedies: [
      'Vraag de netwerkbeheerder om IPv6 te herstellen (route, firewall, MTU), of het niet meer aan te kondigen.',
    ],
  },
  'tcp.partly-blocked': {
    title: 'Sommige adressen van de host zijn geblokkeerd',
    meaning:
      'De host werkt via sommige van zijn adressen en mislukt via andere: een onvolledige regel op adres, of een defecte node.',
    evidence: 'Het resultaat van elk adres van de naam.',
    remedies: [
      'Vraag de firewallbeheerder om de host op naam of met zijn hele gepubliceerde bereik toe te staan, niet op losse adressen.',
    ],
  },
  'tcp.intercepted': {
    title: 'Iets dichtbij antwoordt in plaats van elk adres',
    meaning:
      'Verbindingen slagen zelfs naar adressen waar niemand kan antwoorden: een transparante proxy of firewall handelt ze zelf af.',
    evidence: 'Een verbinding met een documentatieadres slaagt.',
    remedies: [
      'Vertrouw op dit netwerk alleen geauthenticeerde TLS-resultaten. Vraag de netwerkbeheerder welk apparaat TCP termineert, en om deze hosts door te laten.',
    ],
  },
};
