import type { CauseWordsOf } from '../contract.ts';
import { phrase } from './spacing.ts';

/** French words of the causes whose ids begin with `proxy`. */
export const proxy: CauseWordsOf<'proxy'> = {
  'proxy.name-not-found': {
    title: 'Le nom du proxy ne se résout pas',
    meaning: 'Le nom du proxy configuré est inconnu.',
    evidence: 'La réponse du serveur de noms au sujet du proxy.',
    remedies: ["Corriger le réglage du proxy, ou demander l'enregistrement au responsable DNS."],
  },
  'proxy.unreachable': {
    title: 'Le proxy est injoignable',
    meaning: 'La connexion au proxy lui-même échoue.',
    evidence: 'La façon dont la connexion au proxy se termine.',
    remedies: [
      "Vérifier hôte et port du proxy, et qu'il fonctionne. Un port local où rien n'écoute est souvent le reste d'un agent désinstallé.",
    ],
  },
  'proxy.auth-required': {
    title: 'Le proxy exige des identifiants',
    meaning: "Le proxy répond 407 et aucun identifiant n'a été fourni.",
    evidence: "La réponse 407 et les schémas qu'elle propose.",
    remedies: [
      'Demander au responsable du proxy de laisser passer ces hôtes sans authentification pour cette machine, ou fournir un compte du proxy (--proxy-user NAME).',
    ],
  },
  'proxy.auth-rejected': {
    title: 'Le proxy rejette les identifiants',
    meaning: "Le proxy répond encore 407 après l'envoi d'identifiants.",
    evidence: 'La seconde réponse 407.',
    remedies: [
      "Corriger nom d'utilisateur (--proxy-user), mot de passe ou compte, et vérifier l'horloge pour Kerberos.",
    ],
  },
  'proxy.auth-unsupported': {
    title: "Aucun schéma d'authentification en commun avec le proxy",
    meaning: 'Le proxy ne propose que des schémas inutilisables ici.',
    evidence: "Les schémas qu'il propose.",
    remedies: [
      'Demander au responsable du proxy une exemption pour ces hôtes, ou un schéma que le produit prend en charge.',
    ],
  },
  'proxy.denied': {
    title: "Le proxy refuse l'accès à l'hôte",
    meaning: 'Le proxy refuse le tunnel par politique.',
    evidence: 'La réponse du proxy à CONNECT.',
    remedies: ["Demander au responsable du proxy d'autoriser les hôtes et ports listés pour cette machine."],
  },
  'proxy.upstream-dns': {
    title: "Le proxy ne peut pas résoudre l'hôte",
    meaning: 'Le proxy dit ne trouver aucune adresse pour le nom.',
    evidence: "La réponse du proxy et son code d'erreur.",
    remedies: ['Demander au responsable du proxy de vérifier les serveurs de noms du proxy lui-même.'],
  },
  'proxy.upstream-unreachable': {
    title: "Le proxy ne peut pas joindre l'hôte",
    meaning: "Le proxy dit que sa connexion vers l'hôte échoue.",
    evidence: "La réponse du proxy et son code d'erreur.",
    remedies: [
      'Demander au responsable du proxy de vérifier les règles de pare-feu et le proxy parent pour les connexions du proxy lui-même.',
    ],
  },
  'proxy.timeout': {
    title: 'Le proxy ne répond pas à temps',
    meaning: "Le proxy accepte la connexion et ne répond pas, ou dit que l'hôte ne lui a pas répondu.",
    evidence: "Un délai dépassé à l'étape du tunnel, ou le gateway timeout envoyé par le proxy.",
    remedies: ["Demander au responsable du proxy d'examiner sa charge et son amont."],
  },
  'proxy.tls-failed': {
    title: 'La session TLS avec le proxy échoue',
    meaning: 'La connexion au proxy lui-même doit être chiffrée, et cela échoue.',
    evidence: 'La façon dont la négociation avec le proxy se termine.',
    remedies: ['Vérifier le schéma dans le réglage du proxy (http ou https) et fournir sa racine par --proxy-ca.'],
  },
  'proxy.not-a-proxy': {
    title: "Ce qui répond n'est pas un proxy",
    meaning: "L'adresse configurée répond, mais pas comme un proxy.",
    evidence: 'La réponse à CONNECT.',
    remedies: ['Corriger hôte, port et schéma du réglage du proxy (ici, --proxy URL).'],
  },
  'proxy.required': {
    title: 'Les connexions directes échouent, le proxy fonctionne',
    meaning: "Le chemin direct est fermé, et un proxy configuré joint l'hôte.",
    evidence: 'Les deux chemins, mesurés côte à côte.',
    remedies: [
      'Configurer le produit pour le proxy (ici, --proxy URL ; si seul HTTPS_PROXY est défini, HTTP_PROXY aussi).',
    ],
  },
  'proxy.bypass-mistake': {
    title: 'Un paramètre de proxy est erroné',
    meaning:
      'Une liste d’exclusion, un fichier PAC ou une variable de proxy envoie des cibles du mauvais côté, ou ne peut pas être lu.',
    evidence: 'Le paramètre tel qu’il est, et le fait que l’autre chemin fonctionne.',
    remedies: [
      phrase`Corriger le paramètre que nomment les indices : la liste d’exclusion pour qu’elle nomme les hôtes, le fichier PAC pour qu’il leur donne le bon chemin, ou la variable pour qu’elle soit lisible. Rien n’est à ouvrir pour cela.`,
    ],
  },
  'proxy.pac-unreachable': {
    title: 'Le fichier de configuration du proxy ne peut pas être lu',
    meaning: "L'adresse du fichier PAC ne donne pas de fichier.",
    evidence: 'La façon dont le téléchargement échoue.',
    remedies: ["Corriger l'adresse PAC, ou demander à son responsable de publier le fichier."],
  },
  'proxy.pac-invalid': {
    title: 'Le fichier de configuration du proxy est défectueux',
    meaning: "Le fichier PAC n'est pas un script valide ou ne donne pas de réponse utilisable.",
    evidence: "Ce que dit l'évaluation.",
    remedies: ['Demander au responsable du fichier PAC de le corriger.'],
  },
  'proxy.socks-refused': {
    title: 'Le proxy SOCKS refuse la connexion',
    meaning: 'Le proxy SOCKS répond par une erreur.',
    evidence: 'Son code de réponse.',
    remedies: ["Demander au responsable du proxy d'autoriser les hôtes et ports listés pour cette machine."],
  },
};
