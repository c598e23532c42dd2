import type { CauseWordsOf } from '../contract.ts';

/** Dutch words of the causes whose ids begin with `dns`. */
export const dns: CauseWordsOf<'dns'> = {
  'dns.no-resolver': {
    title: 'Geen enkele naamserver antwoordt',
    meaning: 'Geen enkele naam wordt omgezet en geen enkele ingestelde naamserver geeft antwoord.',
    evidence: 'Elke vraag aan elke server eindigt in stilte of bij een onbereikbaar adres.',
    remedies: [
      'Controleer welke naamservers op deze machine zijn ingesteld, en of ze draaien.',
      'Vraag de firewallbeheerder om UDP- en TCP-poort 53 van deze machine naar haar naamservers toe te staan.',
    ],
  },
  'dns.timeout': {
    title: 'De naamserver antwoordt niet voor deze naam',
    meaning: 'Andere namen worden omgezet, maar de vraag naar deze naam krijgt niet op tijd antwoord.',
    evidence: 'Geen antwoord voor deze naam, terwijl dezelfde server voor andere wel antwoordt.',
    remedies: [
      'Vraag de DNS-beheerder om de doorsturing voor dit domein te controleren, en filters die zulke vragen laten vallen.',
      'Vraag de firewallbeheerder om naast UDP ook TCP-poort 53 naar de naamservers toe te staan.',
    ],
  },
  'dns.not-found': {
    title: 'De naam bestaat niet, zegt de naamserver',
    meaning:
      'De server antwoordt NXDOMAIN voor deze naam. De host is opgeheven of verkeerd gespeld, of een DNS-beleid of een interne zone van hetzelfde domein verbergt hem.',
    evidence: 'Een NXDOMAIN-antwoord, terwijl andere namen wel worden omgezet.',
    remedies: [
      'Vraag de DNS-beheerder of een beleid of een interne kopie van dit domein de naam verbergt, en om hem door te sturen naar de publieke DNS.',
      'Als een ander netwerk de naam ook niet kent, is de vermelding verouderd: haal haar van de lijst.',
    ],
  },
  'dns.no-address': {
    title: 'De naam heeft geen adres',
    meaning: 'De server kent de naam, maar geeft geen adres van een familie die deze machine kan gebruiken.',
    evidence: 'NOERROR-antwoorden zonder A- en AAAA-records.',
    remedies: [
      'Vraag de DNS-beheerder om de zone te controleren die antwoordt: in een privézone ontbreekt misschien het record.',
      'Als de naam alleen IPv6-adressen heeft, geef deze machine IPv6 of een proxy.',
    ],
  },
  'dns.server-failure': {
    title: 'De naamserver faalt bij deze naam',
    meaning:
      'De server antwoordt SERVFAIL of een andere fout: hij bereikt de gezaghebbende server niet, de validatie mislukt, of een beleid bepaalt het zo.',
    evidence: 'De antwoordcode van de server, en zijn eigen uitleg als hij die meestuurt.',
    remedies: [
      'Vraag de DNS-beheerder om de forwarders van de server, zijn weg naar het internet en zijn DNSSEC-validatie te controleren.',
      'Als de uitgebreide fout blocked, censored of filtered zegt, vraag dan een uitzondering voor deze naam.',
    ],
  },
  'dns.refused': {
    title: 'De naamserver weigert te antwoorden',
    meaning: 'De server zet geen namen om voor deze machine: verkeerde server, of een toegangslijst sluit haar uit.',
    evidence: 'REFUSED-antwoorden.',
    remedies: [
      'Vraag de DNS-beheerder om recursie voor het adres van deze machine toe te staan, of stel de juiste naamserver in.',
    ],
  },
  'dns.internal-only': {
    title: 'De naamservers kennen geen publieke namen',
    meaning:
      'De servers antwoorden meteen, maar geen enkele publieke naam wordt omgezet: ze bedienen alleen interne namen en hebben geen forwarder. Waar een proxy de namen omzet, is dat de bedoeling.',
    evidence: 'Elke publieke naam mislukt op dezelfde manier, met snelle antwoorden.',
    remedies: [
      'Als deze machine direct verbinding moet maken: vraag de DNS-beheerder om een forwarder naar publieke DNS voor deze namen.',
      'Als een webproxy de bedoeling is: voer opnieuw uit met --proxy URL, dan zet de proxy de namen om.',
      'Controleer of deze machine überhaupt een weg naar het internet heeft.',
    ],
  },
  'dns.sinkhole': {
    title: 'Een DNS-filter antwoordt met een dood adres',
    meaning:
      'De naam wordt omgezet naar een adres als 0.0.0.0 of 127.0.0.1 dat nergens heen leidt: een DNS-filter blokkeert hem.',
    evidence: 'Het adres in het antwoord, en daar geen geauthenticeerde sessie voor de naam.',
    remedies: ['Vraag de beheerder van het DNS-filter om deze naam toe te staan.'],
  },
  'dns.redirected': {
    title: 'DNS stuurt namen zonder verband naar één adres',
    meaning:
      'Veel namen zonder onderling verband worden omgezet naar één adres dat niet kan bewijzen er een van te zijn: een omleidende naamserver, een portaal of een blokkeerpagina.',
    evidence: 'Eén adres voor namen zonder verband, met verkeerde certificaten of pagina’s.',
    remedies: [
      'Vraag de DNS-beheerder waarom de naamserver zo antwoordt, en om de echte antwoorden voor deze namen.',
      'Meld u op een gastnetwerk eerst aan bij het portaal.',
    ],
  },
  'dns.private-address': {
    title: 'Een publieke naam wordt omgezet naar een privéadres',
    meaning:
      'Het antwoord is een adres van een privénetwerk, en wat daar staat is niet de dienst: een private endpoint dat hiervandaan niet bereikbaar is, een interne zone, of een gekaapt antwoord.',
    evidence: 'Een privéadres voor een publieke naam, en een pad dat daar mislukt.',
    remedies: [
      'Vraag de DNS-beheerder waarom deze naam op dit netwerk een privéadres heeft.',
      'Als een private endpoint de bedoeling is, vraag de netwerkbeheerder om een route en een regel erheen.',
    ],
  },
  'dns.hosts-file': {
    title: 'Het hosts-bestand stuurt de naam ergens anders heen',
    meaning: 'Een regel in het hosts-bestand van deze machine bepaalt het adres, en het pad daarheen mislukt.',
    evidence: 'De regel, naast wat de naamservers zeggen.',
    remedies: [
      'Verwijder de regel voor deze naam uit het hosts-bestand van deze machine: adressen van diensten veranderen.',
    ],
  },
  'dns.large-answers-blocked': {
    title: 'Grote DNS-antwoorden worden afgekapt',
    meaning: 'Het antwoord paste niet in een UDP-datagram en de herhaling via TCP-poort 53 mislukte.',
    evidence: 'Een afgekapt UDP-antwoord, daarna een TCP-vraag die mislukt.',
    remedies: [
      'Vraag de firewallbeheerder om naast UDP ook TCP-poort 53 van deze machine naar haar naamservers toe te staan.',
    ],
  },
};
