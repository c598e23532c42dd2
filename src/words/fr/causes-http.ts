import type { CauseWordsOf } from '../contract.ts';
import { phrase } from './spacing.ts';

/** French words of the causes whose ids begin with `http`. */
export const http: CauseWordsOf<'http'> = {
  'http.range-blocked': {
    title: 'Les plages d’octets sont refusées ou ignorées',
    meaning:
      'Le service distribue ses téléchargements par plages d’octets, et un équipement en chemin répond à une plage par le tout, ou pas du tout.',
    evidence: 'La réponse à une demande de plage, à côté du même objet demandé sans plage.',
    remedies: [
      'Demander au responsable du proxy web ou du filtre de laisser passer l’en-tête Range et les réponses partielles (206) pour ces hôtes.',
    ],
  },
  'http.content-blocked': {
    title: 'Ce type de fichier est arrêté',
    meaning: phrase`L’hôte répond, et le téléchargement lui-même ne passe pas : un filtre arrête ce type de fichier.`,
    evidence: 'Ce qui est venu à la place de l’objet, à côté de ce que le même hôte répond à une autre demande.',
    remedies: [
      'Demander au responsable du proxy web ou du filtre d’autoriser les téléchargements de ce type (.cab, .exe, .msi) depuis ces hôtes, sans remplacer ni retenir le fichier.',
    ],
  },
  'http.truncated': {
    title: 'Les téléchargements s’arrêtent avant la fin',
    meaning: 'La réponse commence et son corps finit avant la longueur annoncée.',
    evidence: 'Les octets reçus, à côté de ceux annoncés.',
    remedies: [
      'Demander au responsable du proxy web, du filtre ou de l’antivirus s’il limite la taille ou la durée des téléchargements depuis ces hôtes.',
    ],
  },
  'http.block-page': {
    title: 'Un filtre répond par une page de blocage',
    meaning: "La réponse vient d'un filtre web à la place du service.",
    evidence: 'Les marques du filtre dans les en-têtes ou la page.',
    remedies: ["Demander au responsable du filtre web d'autoriser ces hôtes (exception de catégorie ou d'URL)."],
  },
  'http.captive-portal': {
    title: "Un portail captif demande de s'identifier",
    meaning: "Le réseau répond à la place du service tant que personne ne s'est identifié.",
    evidence: 'Une redirection vers le même portail, ou une page de celui-ci, pour des hôtes sans lien.',
    remedies: ["S'identifier sur le portail du réseau, ou demander à son responsable d'exempter cette machine."],
  },
  'http.unexpected-status': {
    title: 'Le code de statut désigne un équipement en chemin',
    meaning: 'La documentation du rôle compte ce code de statut comme un échec du chemin.',
    evidence: "Le code de statut et celui qui l'a envoyé.",
    remedies: [
      "Demander au responsable du proxy ou du filtre web ce qu'il dit de cette requête, et de laisser passer l'hôte.",
      "Si rien n'est en chemin, réessayer plus tard et interroger le responsable du service.",
    ],
  },
  'http.timeout': {
    title: 'Le service ne répond pas à la requête',
    meaning: 'La session est établie, mais aucune réponse à la requête HTTP ne vient à temps.',
    evidence: "Un délai dépassé après l'envoi de la requête.",
    remedies: [
      "Demander au responsable d'un proxy ou filtre d'inspection s'il retient cette requête.",
      "Sinon réessayer plus tard et consulter l'état du service.",
    ],
  },
  'http.reset': {
    title: 'La connexion est coupée après la requête',
    meaning: "La session est établie et se termine à l'envoi de la requête HTTP.",
    evidence: 'Un reset ou une fin de connexion avant toute réponse.',
    remedies: [
      "Demander au responsable d'un proxy d'inspection, d'un filtre ou d'un système de prévention d'intrusion s'il coupe cette requête.",
    ],
  },
  'http.malformed': {
    title: "La réponse n'est pas du HTTP valide",
    meaning: "Ce qui répond n'est pas une réponse HTTP, ou ses en-têtes sont sans fin.",
    evidence: "Ce qui n'a pas pu être analysé.",
    remedies: ["Vérifier hôte et port, et demander au responsable d'un équipement en chemin ce qui répond là."],
  },
  'http.redirect-blocked': {
    title: 'Une redirection mène à un hôte bloqué',
    meaning: "Le premier hôte répond, mais celui vers lequel il redirige n'est pas utilisable.",
    evidence: 'Le saut qui échoue, et comment.',
    remedies: ["Demander que l'hôte visé par la redirection soit autorisé lui aussi."],
  },
  'http.tampered': {
    title: 'La réponse a été modifiée en chemin',
    meaning: 'Il manque à la réponse ce que seul le service envoie.',
    evidence: "L'en-tête qui manque sur un chemin non chiffré.",
    remedies: ["Demander au responsable d'un proxy transparent de contourner ces hôtes."],
  },
  'http.service-error': {
    title: 'Le service lui-même est en erreur',
    meaning: 'Le chemin fonctionne, et le frontal du service répond par une erreur.',
    evidence: 'Le code de statut et les en-têtes propres au frontal, dans une session authentifiée.',
    remedies: ["Réessayer plus tard et consulter la page d'état des services du fournisseur."],
  },
};
