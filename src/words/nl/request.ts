import type { RequestWords } from '../contract.ts';

/** Dutch words of the change request. */
export const request: RequestWords = {
  title: 'Verzoek tot netwerkwijziging',
  nothing: 'Niets te vragen: geen enkel eindpunt is mislukt.',
  intro: (version, at, sources) =>
    `Gemeten door wayclear ${version} op ${at} vanaf ${sources}. Alle verbindingen gaan van daar naar buiten.`,
  to: 'Aan',
  owners: {
    firewall: 'de beheerder van de firewall',
    dns: 'de beheerder van de naamservers',
    proxy: 'de beheerder van de webproxy of het filter',
    inspection: 'de beheerder van de TLS-inspectie',
    machine: 'de beheerder van deze machine',
    service: 'de beheerder van de servers',
    unknown: 'het netwerkteam',
  },
  asks: {
    firewall: 'Sta deze bestemmingen toe, op naam, zonder in te grijpen in TLS:',
    dns: 'Zet deze namen om zoals de publieke DNS dat doet:',
    proxy: 'Laat deze bestemmingen door:',
    inspection: 'Zonder deze bestemmingen uit van TLS-inspectie:',
    machine: 'Herstel deze machine; deze bestemmingen hangen ervan af:',
    service: 'Herstel wat op deze bestemmingen antwoordt:',
    unknown: 'Zoek uit wat er gebeurt met verbindingen naar deze bestemmingen:',
  },
  columns: {
    host: 'Bestemming',
    pattern: 'Gedocumenteerd als',
    addresses: 'Geziene adressen',
    port: 'Poort',
    direction: 'Richting',
    importance: 'Belang',
  },
  outbound: 'uitgaand',
  evidence: 'Bewijs',
  remedies: 'In detail',
};
