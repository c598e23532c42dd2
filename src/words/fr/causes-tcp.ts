import type { CauseWordsOf } from '../contract.ts';

/** French words of the causes whose ids begin with `tcp`. */
export const tcp: CauseWordsOf<'tcp'> = {
  'tcp.dropped': {
    title: 'Un pare-feu supprime les paquets en silence',
    meaning: "La tentative de connexion reste sans réponse, alors que d'autres destinations répondent.",
    evidence: "Un délai dépassé sur chaque adresse de l'hôte.",
    remedies: [
      "Demander au responsable du pare-feu d'autoriser le TCP sortant de cette machine vers ces hôtes et ports (par nom plutôt que par adresse, car les adresses changent).",
    ],
  },
  'tcp.egress-blocked': {
    title: 'Les connexions directes hors de ce réseau sont bloquées',
    meaning:
      "Aucune destination extérieure n'est joignable en direct. De tels réseaux n'autorisent d'ordinaire qu'un proxy web.",
    evidence: "Des adresses différentes échouent toutes à la même étape, et aucune n'accepte de connexion.",
    remedies: [
      'Relancer avec le proxy web du site : --proxy URL, et configurer le produit pour lui.',
      "Si aucun proxy n'est prévu : demander au responsable du pare-feu d'autoriser TCP 443 et 80 en sortie de cette machine vers les hôtes listés.",
    ],
  },
  'tcp.refused': {
    title: 'La connexion est refusée',
    meaning:
      "Quelque chose répond que personne n'écoute : port fermé à destination, mauvaise adresse, ou pare-feu qui rejette.",
    evidence: 'Un reset ou un message ICMP « port unreachable » en réponse à la tentative de connexion.',
    remedies: [
      'Demander au responsable du pare-feu si une règle rejette le TCP sortant vers ces hôtes et ports.',
      "Sinon, demander au responsable du service s'il écoute là.",
    ],
  },
  'tcp.prohibited': {
    title: 'Un routeur déclare la destination interdite',
    meaning:
      "Un routeur ou un pare-feu répond aussitôt par un message ICMP : hôte injoignable ou interdit par l'administration.",
    evidence: 'Un « host unreachable » rapide pour une adresse au-delà de la passerelle.',
    remedies: [
      'Demander au responsable du routeur ou du pare-feu de permettre le TCP sortant vers ces hôtes et ports.',
    ],
  },
  'tcp.no-route': {
    title: "Il n'y a pas de route vers la destination",
    meaning: "La table de routage de cette machine, ou un routeur en chemin, n'a pas de route vers l'adresse.",
    evidence: "« Network unreachable », ou aucun voisin qui réponde pour l'adresse.",
    remedies: [
      'Demander au responsable du réseau une route vers la destination, et vérifier passerelle et VPN de cette machine.',
    ],
  },
  'tcp.ipv6-broken': {
    title: 'IPv6 ne fonctionne pas, IPv4 fonctionne',
    meaning:
      "Cette machine a IPv6, mais rien n'est joint par ce protocole. Les programmes l'attendent avant de se rabattre sur IPv4.",
    evidence: 'Toutes les adresses IPv6 échouent là où les adresses IPv4 des mêmes noms fonctionnent.',
    remedies: ["Demander au responsable du réseau de réparer IPv6 (route, pare-feu, MTU), ou de cesser de l'annoncer."],
  },
  'tcp.partly-blocked': {
    title: "Certaines adresses de l'hôte sont bloquées",
    meaning:
      "L'hôte fonctionne par certaines de ses adresses et échoue par d'autres : règle par adresse incomplète, ou nœud en panne.",
    evidence: 'Le résultat de chaque adresse du nom.',
    remedies: [
      "Demander au responsable du pare-feu d'autoriser l'hôte par son nom ou par toute sa plage publiée, non par adresses isolées.",
    ],
  },
  'tcp.intercepted': {
    title: 'Un équipement proche répond à la place de chaque adresse',
    meaning:
      'Les connexions aboutissent même vers des adresses où personne ne peut répondre : un proxy transparent ou un pare-feu les termine lui-même.',
    evidence: 'Une connexion vers une adresse de documentation aboutit.',
    remedies: [
      "Ne se fier sur ce réseau qu'aux résultats TLS authentifiés. Demander au responsable du réseau quel équipement termine le TCP, et de laisser passer ces hôtes.",
    ],
  },
};
