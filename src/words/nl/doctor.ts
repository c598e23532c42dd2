import type { DoctorWords } from '../doctor-words.ts';

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
  findings: {
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
  },
};
