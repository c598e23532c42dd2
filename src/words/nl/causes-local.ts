import type { CauseWordsOf } from '../contract.ts';

/** Dutch words of the causes whose ids begin with `local`. */
export const local: CauseWordsOf<'local'> = {
  'local.no-network': {
    title: 'Deze machine heeft geen netwerk',
    meaning:
      'Geen enkele actieve interface heeft een adres, of er is geen route het lokale netwerk uit: niets is bereikbaar.',
    evidence: 'De lijst van interfaces en routes, en geen enkel antwoord van buiten deze machine.',
    remedies: [
      'Verbind deze machine met het netwerk: controleer kabel, wifi, VPN en virtuele switch.',
      'Controleer of ze een adres en een standaardgateway krijgt (DHCP of de statische instellingen).',
    ],
  },
  'local.blocked-by-host': {
    title: 'Iets op deze machine blokkeert de verbinding',
    meaning:
      'Het besturingssysteem weigert de verbinding te openen: een lokale firewall of een endpoint-beveiligingsagent verbiedt het dit programma.',
    evidence: 'De verbinding mislukt meteen met een rechtenfout, nog voordat er een pakket vertrekt.',
    remedies: [
      'Vraag de beheerder van de lokale firewall of endpoint-beveiliging om uitgaand TCP naar deze hosts toe te staan, voor dit programma en voor de dienst die ze nodig heeft.',
      'Vergelijk met een ander programma op dezelfde machine: als dat wel verbinding krijgt, geldt de regel voor dit programma.',
    ],
  },
  'local.resources': {
    title: 'Deze machine heeft geen sockets, poorten of geheugen meer over',
    meaning:
      'De machine kon geen verdere verbindingen openen, daarom zijn sommige doelen niet getest. Over die doelen zegt dit niets.',
    evidence: 'Het besturingssysteem meldt te veel open bestanden, geen bufferruimte of geen vrije poort.',
    remedies: [
      'Voer opnieuw uit met een lagere --concurrency, of verhoog de limiet voor open bestanden van de shell (ulimit -n).',
      'Zoek een programma dat veel verbindingen of poorten bezet houdt.',
    ],
  },
  'local.clock-skew': {
    title: 'De klok van deze machine loopt niet gelijk',
    meaning:
      'De klok wijkt minuten of meer af van de tijd van meerdere servers. Geldige certificaten lijken verlopen of nog niet geldig, en aanmelden met Kerberos of tokens mislukt bij meer dan vijf minuten.',
    evidence:
      'De Date-header van meerdere hosts, of certificaten van hosts zonder onderling verband die allemaal buiten hun geldigheid vallen.',
    remedies: [
      'Zet de klok gelijk en herstel de tijdsynchronisatie (w32tm /resync, chronyc makestep, timedatectl set-ntp true).',
      'Controleer op een virtuele machine de tijdsynchronisatie met de host.',
    ],
  },
  'local.root-missing': {
    title: 'Een publiek rootcertificaat ontbreekt in het archief van deze machine',
    meaning:
      'Een server biedt een geldige publieke keten aan, maar deze machine heeft de root niet, zodat programma’s die op het machinearchief vertrouwen de keten weigeren.',
    evidence: 'De keten eindigt in een publieke root die niet in het (leesbare) machinearchief staat.',
    remedies: [
      'Importeer de genoemde root in het archief met vertrouwde roots van de machine (Lokale computer > Vertrouwde basiscertificeringsinstanties; update-ca-certificates op Debian).',
      'Sta op Windows de automatische update van rootcertificaten toe: ctldl.windowsupdate.com moet bereikbaar zijn en geen beleid mag de update uitschakelen.',
    ],
  },
  'local.root-expired': {
    title: 'Een rootcertificaat op deze machine is verlopen',
    meaning: 'Het machinearchief bevat een root die ketens hier nodig hebben en waarvan de geldigheid voorbij is.',
    evidence: 'De datums van de root zelf, vergeleken met de klok van deze machine.',
    remedies: [
      'Vervang de verlopen root in het machinearchief door zijn opvolger, en verwijder het oude exemplaar.',
      'Controleer de klok van deze machine.',
    ],
  },
  'local.root-corrupt': {
    title: 'Een rootcertificaat op deze machine is niet het echte',
    meaning:
      'Het machinearchief bevat een certificaat met de naam of sleutel van een publieke root, maar met een andere vingerafdruk.',
    evidence: 'De gevonden vingerafdruk, naast de gepubliceerde.',
    remedies: [
      'Verwijder het valse certificaat uit het machinearchief en importeer de echte root van de uitgever.',
      'Zoek uit wie het daar heeft gezet: het kan een mislukte import zijn, of een poging om voor de root door te gaan.',
    ],
  },
};
