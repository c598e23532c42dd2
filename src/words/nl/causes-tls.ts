import type { CauseWordsOf } from '../contract.ts';

/** Dutch words of the causes whose ids begin with `tls`. */
export const tls: CauseWordsOf<'tls'> = {
  'tls.sni-filtered': {
    title: 'Een filter blokkeert de host op zijn naam in TLS',
    meaning: 'De sessie wordt verbroken als de ClientHello deze host noemt, en niet als die een andere noemt.',
    evidence: 'Hetzelfde adres antwoordt voor een andere servernaam.',
    remedies: ['Vraag de beheerder van de firewall of het filter om deze hostnamen toe te staan (URL- of SNI-regel).'],
  },
  'tls.reset': {
    title: 'De verbinding wordt tijdens de TLS-handshake verbroken',
    meaning:
      'De verbinding gaat open en wordt na het eerste TLS-bericht gesloten: een filter op naam, een apparaat dat de sessie niet kan inspecteren, of een server die het aanbod weigert.',
    evidence: 'Een reset of het einde van de verbinding na de ClientHello.',
    remedies: [
      'Vraag de beheerder van de firewall of het filter om deze hostnamen toe te staan en van TLS-inspectie uit te zonderen.',
      'Als niets filtert: schakel TLS 1.2 met de suites ECDHE AES-GCM onderweg in.',
    ],
  },
  'tls.stalled': {
    title: 'De TLS-handshake krijgt geen antwoord',
    meaning:
      'De verbinding gaat open, maar de handshake stopt zonder fout: een filter dat de stroom vasthoudt, een verloren groot pakket, of een apparaat dat zich in de ClientHello verslikt.',
    evidence: 'Een time-out nadat de ClientHello was verzonden, en hoeveel er terugkwam.',
    remedies: [
      'Vraag de firewallbeheerder om naar deze sessies te kijken, en de hosts van TLS-inspectie uit te zonderen.',
      'Controleer de MTU van VPN’s en tunnels onderweg, en of ICMP «fragmentation needed» wordt doorgelaten.',
    ],
  },
  'tls.large-hello-dropped': {
    title: 'Een apparaat onderweg laat grote ClientHello-berichten vallen',
    meaning: 'De handshake slaagt met een kleine ClientHello en mislukt met een die groter is dan een pakket.',
    evidence: 'Hetzelfde adres beantwoordt de kleine ClientHello en niet de grote.',
    remedies: [
      'Vraag de beheerder van het inspecterende apparaat om firmware die een ClientHello in meerdere segmenten aankan.',
      'Schakel intussen hybride post-quantum-sleuteluitwisseling op de clients uit.',
    ],
  },
  'tls.mtu-black-hole': {
    title: 'Grote pakketten gaan onderweg verloren',
    meaning:
      'Kleine berichten komen door, de grote zending met het certificaat komt nooit aan: path MTU discovery werkt niet.',
    evidence: 'De handshake stopt waar het eerste grote pakket hoort te komen.',
    remedies: [
      'Vraag de netwerkbeheerder om de TCP-MSS op tunnels te begrenzen en ICMP type 3 code 4 en ICMPv6 «packet too big» door te laten.',
    ],
  },
  'tls.inspection': {
    title: 'TLS wordt geïnspecteerd: het certificaat is niet dat van de server zelf',
    meaning: 'Een apparaat of agent onderweg opent de sessie en biedt een certificaat van zijn eigen autoriteit aan.',
    evidence: 'Een keten die in een privéroot eindigt, vaak dezelfde voor hosts zonder verband.',
    remedies: [
      'Vraag de beheerder van de inspecterende proxy of agent om deze hosts van TLS-inspectie uit te zonderen.',
      'Schakel de certificaatvalidatie in het product niet uit. Waar inspectie moet blijven en ondersteund is, installeer haar root in het machinearchief.',
    ],
  },
  'tls.untrusted-issuer': {
    title: 'Het certificaat heeft geen vertrouwde uitgever',
    meaning:
      'De keten eindigt in een autoriteit die noch in de publieke verzameling noch in een archief hier staat, of het certificaat is ongeschikt (zwak, verkeerd doel, ongeldige handtekening).',
    evidence: 'De keten zoals verzonden en de geraadpleegde archieven.',
    remedies: [
      'Zoek uit wie dit certificaat aanbiedt: is het een apparaat onderweg, vraag de beheerder ervan om de host van TLS-inspectie uit te zonderen.',
      'Is het de dienst zelf, vraag de beheerder ervan om een certificaat van een publieke autoriteit, of geef de root mee met --ca-file.',
    ],
  },
  'tls.self-signed': {
    title: 'Het certificaat is zelfondertekend',
    meaning:
      'De server staat voor zichzelf in: vaak de beheerpagina van een apparaat, een portaal of een onvoltooide installatie.',
    evidence: 'Uitgever en onderwerp zijn gelijk, en geen archief bevat het.',
    remedies: [
      'Zoek uit welk apparaat op dit adres antwoordt, en vraag de beheerder ervan om de echte host door te laten.',
      'Is het de dienst zelf, vraag de beheerder ervan om een certificaat van een vertrouwde autoriteit.',
    ],
  },
  'tls.missing-intermediate': {
    title: 'De server laat het intermediate-certificaat weg',
    meaning:
      'De keten zoals verzonden bereikt geen root. Sommige clients halen de ontbrekende schakel op, andere weigeren de sessie.',
    evidence: 'De verzonden certificaten, en de uitgever die ontbreekt.',
    remedies: [
      'Vraag de beheerder van de server of inspecterende proxy om de volledige keten te sturen.',
      'Sta intussen het adres van de uitgever (authority information access) toe dat in het certificaat staat.',
    ],
  },
  'tls.expired': {
    title: 'Het certificaat is verlopen',
    meaning: 'De geldigheid van een certificaat in de keten is voorbij.',
    evidence: 'De datums ervan, vergeleken met de klok van deze machine, die overeenkomt met andere hosts.',
    remedies: [
      'Vraag de beheerder van de server (of van het inspecterende apparaat) om het genoemde certificaat te vernieuwen.',
      'Controleer de klok van deze machine.',
    ],
  },
  'tls.not-yet-valid': {
    title: 'Het certificaat is nog niet geldig',
    meaning: 'Volgens de klok van deze machine begint de geldigheid van een certificaat in de keten in de toekomst.',
    evidence: 'De datums ervan, vergeleken met de klok van deze machine.',
    remedies: [
      'Controleer de klok van deze machine.',
      'Loopt die gelijk, vraag de beheerder van de server om een certificaat aan te bieden dat al geldig is.',
    ],
  },
  'tls.name-mismatch': {
    title: 'Het certificaat is voor een andere naam',
    meaning:
      'De server op dit adres heeft geen certificaat voor de host: verkeerd adres, een portaal, een blokkeerpagina of een standaardcertificaat.',
    evidence: 'De namen in het certificaat.',
    remedies: [
      'Controleer of de naam op dit netwerk naar het juiste adres wordt omgezet.',
      'Vraag de beheerder van een proxy, filter of portaal onderweg om de host door te laten.',
    ],
  },
  'tls.version-mismatch': {
    title: 'Geen gemeenschappelijke TLS-versie',
    meaning: 'De andere kant biedt TLS 1.2 of later niet aan, of weigert wat deze machine aanbiedt.',
    evidence: 'De protocol-version-alert of de versie in het antwoord.',
    remedies: [
      'Vraag de beheerder van de server of van het inspecterende apparaat om TLS 1.2 en TLS 1.3 in te schakelen.',
    ],
  },
  'tls.cipher-mismatch': {
    title: 'Geen gemeenschappelijke cipher suite',
    meaning: 'De andere kant weigert alle aangeboden cipher suites, groepen of handtekeningen.',
    evidence: 'Een handshake-failure-alert.',
    remedies: [
      'Vraag de beheerder van de server of van het inspecterende apparaat om de suites ECDHE AES-GCM in te schakelen (0xc030, 0xc02f).',
    ],
  },
  'tls.not-tls': {
    title: 'Wat antwoordt spreekt geen TLS',
    meaning:
      'De eerste bytes zijn geen TLS-record: een gewone webserver, een proxy, een portaal of een andere dienst op deze poort.',
    evidence: 'De eerste bytes die binnenkwamen.',
    remedies: [
      'Controleer host en poort. Antwoordt een apparaat onderweg, vraag de beheerder ervan om de host door te laten.',
    ],
  },
  'tls.client-certificate-required': {
    title: 'De server vraagt om een clientcertificaat',
    meaning: 'De sessie eindigt omdat geen aanvaardbaar clientcertificaat werd aangeboden.',
    evidence: 'De certificaat-alert van de server.',
    remedies: [
      'Als de echte client een certificaat aanbiedt, vraag dan om deze host uit te zonderen van TLS-inspectie, die het niet kan doorgeven.',
      'Controleer of het clientcertificaat van het product is geïnstalleerd.',
    ],
  },
  'tls.revoked': {
    title: 'Het certificaat is ingetrokken',
    meaning:
      'De intrekkingslijst of OCSP-responder van de uitgever zegt dat een certificaat in de keten is ingetrokken.',
    evidence: 'Een ondertekend antwoord over de intrekking.',
    remedies: ['Vraag de beheerder van de server om het certificaat te vervangen.'],
  },
  'tls.revocation-unreachable': {
    title: 'Intrekkingsservers zijn onbereikbaar',
    meaning:
      'Geen van de adressen voor de intrekkingsstatus van een certificaat is bereikbaar. Clients wachten erop, en sommige weigeren daarna de sessie.',
    evidence: 'De adressen die in het certificaat staan, en hoe elk mislukt.',
    remedies: [
      'Vraag de firewall- of proxybeheerder om de genoemde intrekkingshosts op TCP 80 toe te staan, ook voor het machineaccount.',
      'Stel op Windows de systeemproxy in (netsh winhttp) waar het netwerk er een vereist: intrekkingscontroles gebruiken die.',
    ],
  },
};
