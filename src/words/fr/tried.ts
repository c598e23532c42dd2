import type { TriedResult } from '../../model/facts.ts';
import type { FactWords } from '../contract.ts';
import { place } from '../place.ts';
import { compte, phrase, spaced } from './spacing.ts';

const outcome: Readonly<Record<TriedResult, string>> = {
  answers: 'la même adresse répond',
  refuses: 'la même adresse répond par un refus',
  same: "l'échec est le même",
};

const serverSays = (answer: string): string => (answer === '' ? 'ne répond pas' : `répond ${answer}`);

const echoed = {
  altered: 'revient modifiée, car un équipement sur le chemin réécrit le HTTP en clair',
  other:
    "reçoit la réponse d'un autre que les requêtes habituelles, car un équipement sur le chemin lit le HTTP en clair",
  same: "revient telle qu'elle a été envoyée",
} as const;

/** French sentences about what follow-up experiments tried and what came of it. */
export const tried: FactWords<'tried'> = {
  'tried.whole': ({ host, status }) => phrase`${host} : sans plage, l’objet arrive (statut ${status})`,
  'tried.other-content': ({ host, status }) => phrase`${host} : un autre chemin du même hôte répond (statut ${status})`,
  'tried.again': (a) => phrase`${place(a)} : répété seul, l'échec est le même`,
  'tried.load': ({ host, failure }) =>
    phrase`${host} : échoue (${failure}) quand beaucoup d'autres connexions sont en cours ; des hôtes qui échouaient de même fonctionnent seuls`,
  'tried.representative': ({ host, by }) =>
    phrase`${host} : n'a pas été essayé lui-même ; il échoue comme ${by}, qui l'a été`,
  'tried.neutral-name': (a) => phrase`${place(a)} : avec un autre nom de serveur (${a.name}), ${outcome[a.result]}`,
  'tried.no-name': (a) => phrase`${place(a)} : sans nom de serveur, ${outcome[a.result]}`,
  'tried.neutral-address': (a) =>
    a.result === 'same'
      ? phrase`${place(a)} : le nom échoue de même à cette adresse, qui fonctionne pour son propre hôte`
      : phrase`${place(a)} : à cette adresse d'un autre hôte, le nom obtient une réponse`,
  'tried.small-hello': (a) =>
    phrase`${place(a)} : avec un ClientHello de ${compte(a.bytes, 'octet')}, ${outcome[a.result]}`,
  'tried.padded-hello': (a) =>
    phrase`${place(a)} : avec un ClientHello classique allongé à ${compte(a.bytes, 'octet')}, ${outcome[a.result]}`,
  'tried.version': (a) => phrase`${place(a)} : avec ${a.version} seulement, ${outcome[a.result]}`,
  'tried.wide-ciphers': (a) =>
    phrase`${place(a)} : avec toutes les suites cryptographiques que ce programme connaît, ${outcome[a.result]}`,
  'tried.refusable-hello': (a) =>
    a.result === 'same'
      ? phrase`${place(a)} : même le petit refus d'un ClientHello impossible ne revient pas`
      : phrase`${place(a)} : le petit refus d'un ClientHello impossible revient ; la grande réponse à un ClientHello correct ne revient pas`,
  'tried.other-address': (a) =>
    a.result === 'same'
      ? phrase`${place(a)} : l'adresse que donnent les serveurs de noms échoue aussi`
      : phrase`${place(a)} : l'adresse que donnent les serveurs de noms fonctionne`,
  'tried.other-port': (a) =>
    a.result === 'same'
      ? phrase`${place(a)} : le port ${a.port} de la même adresse ne répond pas non plus`
      : phrase`${place(a)} : le port ${a.port} de la même adresse répond`,
  'tried.elsewhere': ({ host }) => phrase`${host}, sans rapport avec les cibles : pas de connexion non plus`,
  'tried.neutral-request': ({ host, status, genuine }) =>
    phrase`${host}, qui répond à tous la même chose : statut ${status}, ${genuine === 1 ? spaced("dans ses propres termes : personne ne répond au HTTP en clair à la place d'autrui") : 'mais pas dans ses propres termes'}`,
  'tried.documentation-address': (a) =>
    `${a.address}:${a.port} accepte une connexion après ${a.ms} ms, et personne ne peut s'y trouver (RFC 5737, RFC 3849)`,
  'tried.plain-http': (a) =>
    phrase`${place(a)} : HTTP en clair obtient le statut ${a.status}${a.location === '' ? '' : `, qui mène à ${a.location}`}`,
  'tried.body': ({ host, by }) =>
    phrase`${host} : seule la page elle-même, demandée par GET, dit qui a répondu (${host === by ? 'demandée ici' : `demandée à ${by}, dont la réponse porte les mêmes marques`})`,
  'tried.made-up-host': ({ host, name, status }) =>
    phrase`${host} : un nom inventé (${name}) reçoit la même page pour le même chemin (statut ${status}) : ce n'est pas la page de cet hôte`,
  'tried.echo': ({ host, echo }) =>
    phrase`${host} : une requête que son premier lecteur doit répéter (TRACE) ${echoed[echo]}`,
  'tried.random-name': ({ name, server, answer }) =>
    phrase`${name}, qui n'existe pas : ${server} ${serverSays(answer)}`,
  'tried.sibling-name': ({ name, server, answer, zone }) =>
    phrase`${name}, un nom inventé à côté : ${server} ${serverSays(answer)}${zone === '' ? '' : ` (zone ${zone})`}`,
  'tried.control-name': ({ name, server, answer }) =>
    phrase`${name}, qui existe toujours : ${server} ${serverSays(answer)}`,
  'tried.other-resolver': ({ name, server, answer }) =>
    phrase`${name} : l'autre serveur de noms ${server} ${serverSays(answer)}`,
  'tried.dns-over-tcp': ({ name, server, answer }) => phrase`${name} : par TCP, ${server} ${serverSays(answer)}`,
  'tried.pattern-refused': ({ pattern, name, status }) =>
    phrase`${pattern} : à un nom inventé (${name}), le proxy répond ${status} : sa politique refuse le motif entier ; c'est ${pattern} qu'il faut autoriser, non des noms isolés`,
  'tried.name-refused': ({ host, pattern, name, status }) =>
    phrase`${host} : refusé pour son propre nom : à un nom inventé (${name}), le proxy répond ${status}, sa politique laisse donc passer ${pattern}`,
  'tried.pattern-allowed': ({ pattern, name, status }) =>
    phrase`${pattern} : à un nom inventé (${name}), le proxy répond ${status} : sa politique laisse passer le motif`,
};
