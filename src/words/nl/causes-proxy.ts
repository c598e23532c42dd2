import type { CauseWordsOf } from '../contract.ts';

/** Dutch words of the causes whose ids begin with `proxy`. */
export const proxy: CauseWordsOf<'proxy'> = {
  'proxy.name-not-found': {
    title: 'De naam van de proxy wordt niet omgezet',
    meaning: 'De naam van de ingestelde proxy is onbekend.',
    evidence: 'Het antwoord van de naamserver voor de proxy.',
    remedies: ['Corrigeer de proxy-instelling, of vraag de DNS-beheerder om het record.'],
  },
  'proxy.unreachable': {
    title: 'De proxy is onbereikbaar',
    meaning: 'De verbinding met de proxy zelf mislukt.',
    evidence: 'Hoe de verbinding met de proxy eindigt.',
    remedies: [
      'Controleer host en poort van de proxy, en of hij draait. Een lokale poort waar niets luistert is vaak een restant van een verwijderde agent.',
    ],
  },
  'proxy.auth-required': {
    title: 'De proxy wil aanmeldgegevens',
    meaning: 'De proxy antwoordt 407 en er zijn geen aanmeldgegevens opgegeven.',
    evidence: 'Het 407-antwoord en de schema’s die het aanbiedt.',
    remedies: [
      'Vraag de proxybeheerder om deze hosts voor deze machine zonder authenticatie door te laten, of geef een proxyaccount op (--proxy-user NAME).',
    ],
  },
  'proxy.auth-rejected': {
    title: 'De proxy wijst de aanmeldgegevens af',
    meaning: 'De proxy antwoordt opnieuw 407 nadat aanmeldgegevens zijn verzonden.',
    evidence: 'Het tweede 407-antwoord.',
    remedies: ['Corrigeer gebruikersnaam (--proxy-user), wachtwoord of account, en controleer voor Kerberos de klok.'],
  },
  'proxy.auth-unsupported': {
    title: 'Geen authenticatieschema gemeen met de proxy',
    meaning: 'De proxy biedt alleen schema’s aan die hier niet bruikbaar zijn.',
    evidence: 'De schema’s die hij aanbiedt.',
    remedies: [
      'Vraag de proxybeheerder om een uitzondering voor deze hosts, of om een schema dat het product ondersteunt.',
    ],
  },
  'proxy.denied': {
    title: 'De proxy weigert toegang tot de host',
    meaning: 'De proxy weigert de tunnel op grond van beleid.',
    evidence: 'Het antwoord van de proxy op CONNECT.',
    remedies: ['Vraag de proxybeheerder om de vermelde hosts en poorten voor deze machine toe te staan.'],
  },
  'proxy.upstream-dns': {
    title: 'De proxy kan de hostnaam niet omzetten',
    meaning: 'De proxy zegt dat hij geen adres voor de naam vindt.',
    evidence: 'Het antwoord van de proxy en zijn foutcode.',
    remedies: ['Vraag de proxybeheerder om de naamservers van de proxy zelf te controleren.'],
  },
  'proxy.upstream-unreachable': {
    title: 'De proxy kan de host niet bereiken',
    meaning: 'De proxy zegt dat zijn verbinding met de host mislukt.',
    evidence: 'Het antwoord van de proxy en zijn foutcode.',
    remedies: [
      'Vraag de proxybeheerder om de firewallregels en de bovenliggende proxy voor de eigen verbindingen van de proxy te controleren.',
    ],
  },
  'proxy.timeout': {
    title: 'De proxy antwoordt niet op tijd',
    meaning: 'De proxy neemt de verbinding aan en geeft geen antwoord, of zegt dat de host hem niet antwoordde.',
    evidence: 'Een time-out in de tunnelfase, of de gateway timeout die de proxy stuurde.',
    remedies: ['Vraag de proxybeheerder om naar de belasting en de upstream van de proxy te kijken.'],
  },
  'proxy.tls-failed': {
    title: 'De TLS-sessie met de proxy mislukt',
    meaning: 'De verbinding met de proxy zelf moet versleuteld zijn, en dat mislukt.',
    evidence: 'Hoe de handshake met de proxy eindigt.',
    remedies: ['Controleer het schema in de proxy-instelling (http of https) en geef de root mee met --proxy-ca.'],
  },
  'proxy.not-a-proxy': {
    title: 'Wat antwoordt is geen proxy',
    meaning: 'Het ingestelde adres antwoordt, maar niet zoals een proxy dat doet.',
    evidence: 'Het antwoord op CONNECT.',
    remedies: ['Corrigeer host, poort en schema van de proxy-instelling (hier: --proxy URL).'],
  },
  'proxy.required': {
    title: 'Directe verbindingen mislukken, de proxy werkt',
    meaning: 'Het directe pad is dicht, en een ingestelde proxy bereikt de host.',
    evidence: 'Beide paden, naast elkaar gemeten.',
    remedies: [
      'Stel het product in op de proxy (hier: --proxy URL; waar alleen HTTPS_PROXY is gezet, ook HTTP_PROXY).',
    ],
  },
  'proxy.bypass-mistake': {
    title: 'Een proxyinstelling klopt niet',
    meaning:
      'Een uitzonderingenlijst, een PAC-bestand of een proxyvariabele stuurt doelen de verkeerde kant op, of kan niet worden gelezen.',
    evidence: 'De instelling zoals ze is, en dat de andere weg werkt.',
    remedies: [
      'Corrigeer de instelling die het bewijs noemt: de uitzonderingen zodat ze de hosts noemen, het PAC-bestand zodat het hun de juiste weg geeft, of de variabele zodat ze leesbaar is. Er hoeft niets voor te worden opengezet.',
    ],
  },
  'proxy.pac-unreachable': {
    title: 'Het proxyconfiguratiebestand kan niet worden gelezen',
    meaning: 'Het adres van het PAC-bestand levert geen bestand.',
    evidence: 'Hoe het ophalen mislukt.',
    remedies: ['Corrigeer het PAC-adres, of vraag de beheerder ervan om het bestand te publiceren.'],
  },
  'proxy.pac-invalid': {
    title: 'Het proxyconfiguratiebestand is defect',
    meaning: 'Het PAC-bestand is geen geldig script of geeft geen bruikbaar antwoord.',
    evidence: 'Wat de evaluatie zegt.',
    remedies: ['Vraag de beheerder van het PAC-bestand om het te corrigeren.'],
  },
  'proxy.socks-refused': {
    title: 'De SOCKS-proxy weigert de verbinding',
    meaning: 'De SOCKS-proxy antwoordt met een fout.',
    evidence: 'De antwoordcode ervan.',
    remedies: ['Vraag de proxybeheerder om de vermelde hosts en poorten voor deze machine toe te staan.'],
  },
};
