import type { RuleWords } from '../contract.ts';
import { spaced } from './spacing.ts';

const set = (parameters: readonly string[]): string => parameters.map((name) => `--set ${name}=VALEUR`).join(' ');
const left = (destination: string, why: string): string =>
  `Absent des règles\u00a0: ${destination}\u00a0; ${spaced(why)}`;

/** French words of allow-lists. */
export const rules: RuleWords = {
  title: 'Liste d’autorisation',
  documented: (version) => `Ce que demandent les documents, par wayclear ${version}. Rien n’a été sondé.`,
  failed: (version, at, sources) =>
    `Destinations documentées en échec, mesurées par wayclear ${version} le ${at}${sources === '' ? '' : ` depuis ${sources}`}.`,
  nothing: 'Il n’y a rien à autoriser.',
  left: {
    template: (destination, parameters) => left(destination, `il faut ${set(parameters)}`),
    invalid: (destination) => left(destination, 'ce n’est ni un hôte ni un modèle de nom'),
    udp: (destination) => left(destination, 'ce format ne connaît pas UDP'),
    wildcard: (destination) => left(destination, 'ce format ne sait pas écrire un tel caractère générique'),
    network: (destination) => left(destination, 'les réseaux ont leur place dans une liste d’adresses'),
    port: (destination) => left(destination, 'ce produit n’accepte de caractères génériques que pour HTTP et HTTPS'),
    address: (destination) => left(destination, 'les adresses ont leur place dans une liste d’adresses'),
  },
  notOpened: (destination, cause, owner) =>
    `Ne pas ouvrir ${destination}\u00a0: l’échec a une autre cause (${cause}), à traiter par\u00a0: ${owner}`,
  onlyPort: (port) =>
    `${port} seulement\u00a0: une telle liste ne contient pas de ports, la règle qui l’utilise doit les porter`,
  squidPlace: 'Inclure ce fichier avant le dernier http_access deny. Les règles valent pour tous les clients du proxy.',
  squidPorts: (ports) =>
    `La configuration d’origine de squid refuse CONNECT vers ces ports\u00a0; inclure donc ce fichier avant elle\u00a0: ${ports}`,
  pac: (proxy) => `Les destinations ci-dessous sont jointes directement, tout le reste passe par ${proxy}.`,
  yes: 'oui',
  no: 'non',
  columns: {
    destination: 'Destination',
    port: 'Port',
    exempt: 'Exclue de l’inspection TLS',
    document: 'Document',
  },
};
