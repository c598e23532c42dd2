import type { AdvisedExperiment } from '../../model/experiments.ts';
import type { UnexpectedStatus, Words } from '../contract.ts';
import { carry } from './carry.ts';
import { causes } from './causes.ts';
import { diff } from './diff.ts';
import { doctor } from './doctor.ts';
import { facts } from './facts.ts';
import { features } from './features.ts';
import { formats } from './formats.ts';
import { help } from './help.ts';
import { importance } from './importance.ts';
import { labels } from './labels.ts';
import { list } from './list.ts';
import { telling } from './naming.ts';
import { page } from './page.ts';
import { proxyFacts } from './proxy-facts.ts';
import { proxyLabels } from './proxy-labels.ts';
import { refusals } from './refusals.ts';
import { request } from './request.ts';
import { rules } from './rules.ts';
import { screen } from './screen.ts';
import { shapes } from './shapes.ts';
import { phrase } from './spacing.ts';
import { topics } from './topics.ts';
import { tried } from './tried.ts';
import { watch } from './watch.ts';

const experiments: Readonly<Record<AdvisedExperiment, string>> = {
  'neutral-name': 'se connecter à la même adresse avec un autre nom de serveur dans le ClientHello',
  'small-hello': 'recommencer avec un petit ClientHello (--tls-hello classic)',
  'padded-hello': 'recommencer avec un ClientHello classique rembourré à la même taille',
  'tls-1.2': 'recommencer avec TLS 1.2 seul, puis avec TLS 1.3 seul',
  'other-resolver': 'interroger un autre serveur de noms (--dns-server IP)',
  'random-name': phrase`demander un nom qui ne peut pas exister : une adresse en réponse prouve un serveur de noms qui redirige`,
  'documentation-address': 'se connecter à une adresse où personne ne peut répondre (192.0.2.1)',
  'through-proxy': 'recommencer par le proxy web (--proxy URL)',
  'other-network': 'lancer le même contrôle depuis un autre réseau et comparer (wayclear diff)',
  'other-program': 'se connecter avec un autre programme sur cette machine',
  'plain-request': 'envoyer une requête HTTP en clair au même port et lire la réponse',
  'fetch-issuer': "récupérer l'émetteur manquant à l'adresse indiquée par le certificat",
  'compare-time': "comparer l'horloge à une source de temps fiable",
  'list-roots': 'chercher la racine par empreinte dans le magasin de cette machine (wayclear doctor)',
  'known-good-host': 'contrôler un hôte connu, sans lien avec les autres',
  again: 'recommencer avec --concurrency 1',
  'as-service-account': 'lancer sous le compte que le service utilise',
  'address-by-address': 'recommencer avec --ipv4 puis avec --ipv6',
  'fetch-revocation': "récupérer l'adresse de révocation indiquée avec un autre programme",
  'ask-proxy': "demander au proxy un autre hôte qu'il autorise à coup sûr",
  'wildcard-name': phrase`demander au proxy un nom inventé sous le motif documenté : 403 vient de sa politique, 502 à 504 de sa recherche d'une adresse`,
  'show-pac': 'lire ce que dit le fichier PAC pour chaque hôte (wayclear doctor)',
};

const proxyIssue = 'un problème de proxy';

const statusCodes: Words['statusCodes'] = {
  407: { meaning: 'authentification proxy requise', indicates: proxyIssue },
  408: { meaning: "délai d'attente de la requête dépassé", indicates: proxyIssue },
  426: { meaning: 'mise à niveau requise', indicates: 'une mauvaise configuration TLS' },
  451: { meaning: 'indisponible pour raisons juridiques', indicates: proxyIssue },
  502: { meaning: 'mauvaise passerelle', indicates: proxyIssue },
  511: { meaning: 'authentification réseau requise', indicates: proxyIssue },
  598: {
    meaning: phrase`délai de lecture réseau dépassé (code hors RFC ; utilisé par certains proxys)`,
    indicates: proxyIssue,
  },
  599: {
    meaning: phrase`délai de connexion réseau dépassé (code hors RFC ; utilisé par certains proxys)`,
    indicates: proxyIssue,
  },
};

/** French. */
export const fr: Words = {
  lang: 'fr',
  causes,
  telling,
  facts: {
    ...facts,
    ...tried,
    ...proxyFacts,
    'http.status-meaning': ({ status }) => {
      const row = statusCodes[status as UnexpectedStatus] as Words['statusCodes'][UnexpectedStatus] | undefined;
      const meaning = row === undefined ? '' : phrase` : ${row.meaning} ; peut indiquer ${row.indicates}`;
      return `Le statut ${status} compte comme un échec du chemin selon la documentation du rôle${meaning}`;
    },
    experiment: ({ experiment }) => phrase`Trancherait : ${experiments[experiment]}`,
  },
  labels,
  screen,
  diff,
  carry,
  list,
  features,
  importance,
  proxyLabels,
  doctor,
  request,
  formats,
  help,
  topics,
  shapes,
  refusals,
  page,
  rules,
  watch,
  experiments,
  statusCodes,
  attributes: {
    issuer: 'émetteur',
    certificate: 'certificat',
    resolver: 'serveur de noms',
    address: 'adresse',
    'search domain': 'domaine de recherche',
    'name rule': 'règle de résolution',
    'address family': "famille d'adresses",
    status: 'code de statut',
    vendor: 'produit',
    location: 'cible de redirection',
    host: 'hôte',
    root: 'certificat racine',
    alert: 'alerte TLS',
    clock: 'horloge',
    proxy: 'proxy',
    'pac file': 'fichier PAC',
    prefix: "plage d'adresses",
    domain: 'domaine',
    alias: "cible de l'alias",
    feature: 'fonctionnalité',
    port: 'port',
    stage: 'étape',
  },
  untested: {
    parameter: ({ parameters }) => ({
      reason: `dépend de ${parameters.join(', ')}, qui n'est pas défini`,
      remedy: `Indiquer ${parameters.map((name) => `--set ${name}=VALEUR`).join(' ')}.`,
    }),
    'no-witness': ({ port, network, features }) => ({
      reason:
        network === true
          ? 'un réseau, qui ne nomme aucun hôte'
          : port === undefined
            ? 'un nom générique sans hôte documenté derrière lui'
            : `aucun document ne dit ce qui répond sur le port ${port}`,
      remedy:
        network === true
          ? phrase`Nommer les hôtes ou adresses de ce réseau que votre produit utilise : wayclear check HÔTE:PORT.`
          : port === undefined
            ? features === undefined
              ? phrase`Nommer un hôte que votre produit utilise : wayclear check HÔTE.`
              : phrase`Le catalogue en connaît des hôtes : wayclear check ${features.join(' ')}.`
            : phrase`Pour l’essayer quand même : wayclear check HÔTE:${port}.`,
    }),
    udp: ({ protocol }) => ({
      reason: `${protocol} ne peut pas être sondé d'ici`,
      remedy: `Contrôler ${protocol} avec un programme qui le parle.`,
    }),
    offline: () => ({
      reason: phrase`exécution hors ligne : aucun paquet ne part`,
      remedy: 'Lancer sans --offline.',
    }),
    inside: () => ({
      reason: 'un nom interne, qui n’a pas été transporté',
      remedy: 'À contrôler sur cette machine\u00a0: wayclear check HÔTE.',
    }),
    family: () => ({
      reason: "ses adresses sont d'une famille désactivée",
      remedy: 'Lancer sans --ipv4 ni --ipv6.',
    }),
    deadline: () => ({
      reason: "l'exécution a atteint son échéance avant la fin de cette cible",
      remedy: 'Donner un --deadline plus long, ou moins de cibles.',
    }),
    interrupted: () => ({
      reason: "l'exécution a été interrompue",
      remedy: "Laisser l'exécution se terminer d'elle-même.",
    }),
    resources: () => ({
      reason: 'cette machine est à court de sockets, de ports ou de mémoire',
      remedy: 'Donner un --concurrency plus faible, ou relever la limite de fichiers ouverts.',
    }),
  },
  messages: {
    11410: 'Tous les points de terminaison requis sont joignables.',
    11411: 'Un ou plusieurs points de terminaison non critiques sont injoignables, ou un problème est à prévoir.',
    11412: 'Un ou plusieurs points de terminaison critiques sont injoignables.',
    11488: (feature) => `Les points de terminaison requis de ${feature} sont injoignables.`,
  },
  witnesses: (pattern, reached, tried, policy) =>
    phrase`${pattern} : témoins joints : ${reached} sur ${tried} ; ${
      policy === null
        ? 'le motif lui-même ne peut pas être prouvé'
        : policy === 'allows'
          ? 'la politique du proxy laisse passer le motif'
          : 'la politique du proxy refuse le motif'
    }`,
};
