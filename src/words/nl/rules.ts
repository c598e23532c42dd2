import type { RuleWords } from '../contract.ts';

const set = (parameters: readonly string[]): string => parameters.map((name) => `--set ${name}=WAARDE`).join(' ');

/** Dutch words of allow-lists. */
export const rules: RuleWords = {
  title: 'Toelatingslijst',
  documented: (version) => `Wat de documenten vragen, volgens wayclear ${version}. Er is niets getest.`,
  failed: (version, at, sources) =>
    `Gedocumenteerde bestemmingen die niet werkten, gemeten door wayclear ${version} op ${at}${sources === '' ? '' : ` vanaf ${sources}`}.`,
  nothing: 'Er is niets toe te laten.',
  left: {
    template: (destination, parameters) => `Niet in de regels: ${destination}; daarvoor is ${set(parameters)} nodig`,
    invalid: (destination) => `Niet in de regels: ${destination}; dit is geen host en geen patroon`,
    udp: (destination) => `Niet in de regels: ${destination}; deze indeling kent geen UDP`,
    wildcard: (destination) => `Niet in de regels: ${destination}; deze indeling kan zo’n jokerteken niet schrijven`,
    network: (destination) => `Niet in de regels: ${destination}; netwerken horen in een lijst van adressen`,
    port: (destination) => `Niet in de regels: ${destination}; dit product kent jokertekens alleen voor HTTP en HTTPS`,
    address: (destination) => `Niet in de regels: ${destination}; adressen horen in een lijst van adressen`,
  },
  notOpened: (destination, cause, owner) =>
    `Niet openzetten: ${destination}; het ging mis door iets anders (${cause}), en dat is een zaak voor ${owner}`,
  onlyPort: (port) => `Alleen ${port}: zo’n lijst kent geen poorten, de regel die haar gebruikt wel`,
  squidPlace: 'Neem dit bestand op vóór de laatste http_access deny. De regels gelden voor elke client van de proxy.',
  squidPorts: (ports) =>
    `De eigen configuratie van squid weigert CONNECT naar deze poorten; neem dit bestand daarom daarvóór op: ${ports}`,
  pac: (proxy) => `De bestemmingen hieronder gaan rechtstreeks, al het andere gaat via ${proxy}.`,
  yes: 'ja',
  no: 'nee',
  columns: {
    destination: 'Bestemming',
    port: 'Poort',
    exempt: 'Uitgezonderd van TLS-inspectie',
    document: 'Document',
  },
};
