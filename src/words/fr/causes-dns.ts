import type { CauseWordsOf } from '../contract.ts';

/** French words of the causes whose ids begin with `dns`. */
export const dns: CauseWordsOf<'dns'> = {
  'dns.no-resolver': {
    title: 'Aucun serveur de noms ne répond',
    meaning: 'Aucun nom ne se résout et aucun serveur de noms configuré ne donne la moindre réponse.',
    evidence: 'Chaque requête à chaque serveur se heurte au silence ou à une adresse injoignable.',
    remedies: [
      "Vérifier les serveurs de noms configurés sur cette machine, et qu'ils fonctionnent.",
      "Demander au responsable du pare-feu d'autoriser les ports UDP et TCP 53 de cette machine vers ses serveurs de noms.",
    ],
  },
  'dns.timeout': {
    title: 'Le serveur de noms ne répond pas pour ce nom',
    meaning: "D'autres noms se résolvent, mais la requête pour celui-ci reste sans réponse dans le délai.",
    evidence: 'Aucune réponse pour ce nom, alors que le même serveur répond pour les autres.',
    remedies: [
      'Demander au responsable DNS de vérifier la redirection de ce domaine, et les filtres qui suppriment de telles requêtes.',
      "Demander au responsable du pare-feu d'autoriser, outre UDP, le port TCP 53 vers les serveurs de noms.",
    ],
  },
  'dns.not-found': {
    title: "Le nom n'existe pas, selon le serveur de noms",
    meaning:
      "Le serveur répond NXDOMAIN pour ce nom. L'hôte est retiré ou mal orthographié, ou une politique DNS ou une zone interne du même domaine le masque.",
    evidence: "Une réponse NXDOMAIN, alors que d'autres noms se résolvent.",
    remedies: [
      'Demander au responsable DNS si une politique ou une copie interne de ce domaine masque le nom, et de le rediriger vers le DNS public.',
      "Si un autre réseau ne le connaît pas non plus, l'entrée est périmée : la retirer de la liste.",
    ],
  },
  'dns.no-address': {
    title: "Le nom n'a pas d'adresse",
    meaning: "Le serveur connaît le nom, mais ne donne aucune adresse d'une famille que cette machine peut utiliser.",
    evidence: 'Des réponses NOERROR sans enregistrement A ni AAAA.',
    remedies: [
      "Demander au responsable DNS de vérifier la zone qui répond : l'enregistrement manque peut-être dans une zone privée.",
      "Si le nom n'a que des adresses IPv6, donner à cette machine IPv6 ou un proxy.",
    ],
  },
  'dns.server-failure': {
    title: 'Le serveur de noms échoue sur ce nom',
    meaning:
      "Le serveur répond SERVFAIL ou une autre erreur : il ne joint pas le serveur faisant autorité, la validation échoue, ou une politique l'impose.",
    evidence: 'Le code de réponse du serveur, et sa propre explication quand il en envoie une.',
    remedies: [
      'Demander au responsable DNS de vérifier les redirecteurs du serveur, son accès à Internet et sa validation DNSSEC.',
      "Si l'erreur étendue dit blocked, censored ou filtered, demander une exception pour ce nom.",
    ],
  },
  'dns.refused': {
    title: 'Le serveur de noms refuse de répondre',
    meaning: "Le serveur ne résout pas pour cette machine : mauvais serveur, ou liste d'accès qui l'exclut.",
    evidence: 'Des réponses REFUSED.',
    remedies: [
      "Demander au responsable DNS d'autoriser la récursion pour l'adresse de cette machine, ou configurer le bon serveur de noms.",
    ],
  },
  'dns.internal-only': {
    title: 'Les serveurs de noms ne connaissent aucun nom public',
    meaning:
      "Les serveurs répondent aussitôt, mais aucun nom public ne se résout : ils ne servent que les noms internes et n'ont pas de redirecteur. Là où un proxy résout les noms, c'est voulu.",
    evidence: 'Tous les noms publics échouent de la même façon, avec des réponses rapides.',
    remedies: [
      'Si cette machine doit se connecter en direct : demander au responsable DNS un redirecteur vers le DNS public pour ces noms.',
      'Si un proxy web est prévu : relancer avec --proxy URL, et le proxy résout les noms.',
      'Vérifier que cette machine a bien un accès à Internet.',
    ],
  },
  'dns.sinkhole': {
    title: 'Un filtre DNS répond par une adresse morte',
    meaning:
      'Le nom se résout en une adresse comme 0.0.0.0 ou 127.0.0.1 qui ne mène nulle part : un filtre DNS le bloque.',
    evidence: "L'adresse dans la réponse, et aucune session authentifiée pour ce nom à cette adresse.",
    remedies: ["Demander au responsable du filtre DNS d'autoriser ce nom."],
  },
  'dns.redirected': {
    title: 'Le DNS envoie des noms sans lien vers une même adresse',
    meaning:
      "Beaucoup de noms sans lien se résolvent en une seule adresse qui ne peut prouver qu'elle est l'un d'eux : serveur de noms qui redirige, portail ou page de blocage.",
    evidence: 'Une seule adresse pour des noms sans lien, avec de mauvais certificats ou de mauvaises pages.',
    remedies: [
      'Demander au responsable DNS pourquoi le serveur de noms répond ainsi, et de vraies réponses pour ces noms.',
      "Sur un réseau invité, s'identifier d'abord sur son portail.",
    ],
  },
  'dns.private-address': {
    title: 'Un nom public se résout en une adresse privée',
    meaning:
      "La réponse est l'adresse d'un réseau privé, et ce qui s'y trouve n'est pas le service : point de terminaison privé injoignable d'ici, zone interne, ou réponse détournée.",
    evidence: 'Une adresse privée pour un nom public, et un chemin qui y échoue.',
    remedies: [
      'Demander au responsable DNS pourquoi ce nom a une adresse privée sur ce réseau.',
      'Si un point de terminaison privé est voulu, demander au responsable du réseau une route et une règle vers lui.',
    ],
  },
  'dns.hosts-file': {
    title: 'Le fichier hosts envoie le nom ailleurs',
    meaning: "Une entrée du fichier hosts de cette machine décide de l'adresse, et le chemin vers elle échoue.",
    evidence: "L'entrée, à côté de ce que disent les serveurs de noms.",
    remedies: ["Supprimer l'entrée de ce nom du fichier hosts de cette machine : les adresses de service changent."],
  },
  'dns.large-answers-blocked': {
    title: 'Les grandes réponses DNS sont coupées',
    meaning: 'La réponse ne tient pas dans un datagramme UDP et la répétition sur le port TCP 53 échoue.',
    evidence: 'Une réponse UDP tronquée, puis une requête TCP qui échoue.',
    remedies: [
      "Demander au responsable du pare-feu d'autoriser, outre UDP, le port TCP 53 de cette machine vers ses serveurs de noms.",
    ],
  },
};
