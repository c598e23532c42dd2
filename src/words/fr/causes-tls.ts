import type { CauseWordsOf } from '../contract.ts';

/** French words of the causes whose ids begin with `tls`. */
export const tls: CauseWordsOf<'tls'> = {
  'tls.sni-filtered': {
    title: "Un filtre bloque l'hôte d'après son nom dans TLS",
    meaning: 'La session est coupée quand le ClientHello nomme cet hôte, et non quand il en nomme un autre.',
    evidence: 'La même adresse répond pour un autre nom de serveur.',
    remedies: ["Demander au responsable du pare-feu ou du filtre d'autoriser ces noms d'hôtes (règle URL ou SNI)."],
  },
  'tls.reset': {
    title: 'La connexion est coupée pendant la négociation TLS',
    meaning:
      "La connexion s'ouvre et se ferme après le premier message TLS : filtre par nom, équipement qui ne sait pas inspecter la session, ou serveur qui refuse la proposition.",
    evidence: 'Un reset ou une fin de connexion après le ClientHello.',
    remedies: [
      "Demander au responsable du pare-feu ou du filtre d'autoriser ces noms d'hôtes et de les exempter de l'inspection TLS.",
      'Si rien ne filtre : activer TLS 1.2 avec les suites ECDHE AES-GCM sur le chemin.',
    ],
  },
  'tls.stalled': {
    title: 'La négociation TLS reste sans réponse',
    meaning:
      "La connexion s'ouvre, mais la négociation s'arrête sans erreur : filtre qui retient le flux, grand paquet perdu, ou équipement qui bute sur le ClientHello.",
    evidence: "Un délai dépassé après l'envoi du ClientHello, et la quantité de données revenue.",
    remedies: [
      "Demander au responsable du pare-feu d'examiner ces sessions, et d'exempter ces hôtes de l'inspection TLS.",
      'Vérifier le MTU des VPN et tunnels sur le chemin, et que le message ICMP « fragmentation needed » passe.',
    ],
  },
  'tls.large-hello-dropped': {
    title: 'Un équipement en chemin supprime les grands ClientHello',
    meaning: "La négociation réussit avec un petit ClientHello et échoue avec un ClientHello plus grand qu'un paquet.",
    evidence: 'La même adresse répond au petit ClientHello et non au grand.',
    remedies: [
      "Demander au responsable de l'équipement d'inspection un firmware qui traite un ClientHello en plusieurs segments.",
      "En attendant, désactiver sur les clients l'échange de clés hybride post-quantique.",
    ],
  },
  'tls.mtu-black-hole': {
    title: 'Les grands paquets se perdent en chemin',
    meaning:
      "Les petits messages passent, le grand envoi qui porte le certificat n'arrive jamais : la découverte du MTU de chemin est cassée.",
    evidence: "La négociation s'arrête là où le premier grand paquet est attendu.",
    remedies: [
      'Demander au responsable du réseau de limiter le MSS TCP sur les tunnels et de laisser passer ICMP type 3 code 4 et ICMPv6 « packet too big ».',
    ],
  },
  'tls.inspection': {
    title: "TLS est inspecté : le certificat n'est pas celui du serveur d'origine",
    meaning:
      'Un équipement ou un agent sur le chemin ouvre la session et présente un certificat de sa propre autorité.',
    evidence: 'Une chaîne qui aboutit à une racine privée, souvent la même pour des hôtes sans lien.',
    remedies: [
      "Demander au responsable du proxy ou de l'agent d'inspection d'exempter ces hôtes de l'inspection TLS.",
      "Ne pas désactiver la validation des certificats dans le produit. Là où l'inspection doit rester et est prise en charge, installer sa racine dans le magasin de la machine.",
    ],
  },
  'tls.untrusted-issuer': {
    title: "Le certificat n'a pas d'émetteur de confiance",
    meaning:
      "La chaîne aboutit à une autorité absente de l'ensemble public et des magasins d'ici, ou le certificat est inadapté (faible, mauvais usage, signature invalide).",
    evidence: "La chaîne telle qu'envoyée et les magasins consultés.",
    remedies: [
      "Chercher qui présente ce certificat : si c'est un équipement en chemin, demander à son responsable d'exempter l'hôte de l'inspection TLS.",
      "Si c'est le service lui-même, demander à son responsable un certificat d'une autorité publique, ou fournir sa racine par --ca-file.",
    ],
  },
  'tls.self-signed': {
    title: 'Le certificat est autosigné',
    meaning:
      "Le serveur se porte garant de lui-même : souvent la page d'administration d'un équipement, un portail ou une installation inachevée.",
    evidence: 'Émetteur et sujet sont identiques, et aucun magasin ne le contient.',
    remedies: [
      'Chercher quel équipement répond à cette adresse, et demander à son responsable de laisser passer vers le véritable hôte.',
      "Si c'est le service lui-même, demander à son responsable un certificat d'une autorité de confiance.",
    ],
  },
  'tls.missing-intermediate': {
    title: 'Le serveur omet le certificat intermédiaire',
    meaning:
      "La chaîne telle qu'envoyée n'atteint pas de racine. Certains clients récupèrent le maillon manquant, d'autres refusent la session.",
    evidence: "Les certificats envoyés, et l'émetteur qui manque.",
    remedies: [
      "Demander au responsable du serveur ou du proxy d'inspection d'envoyer la chaîne complète.",
      "En attendant, autoriser l'adresse de l'émetteur (authority information access) indiquée dans le certificat.",
    ],
  },
  'tls.expired': {
    title: 'Le certificat a expiré',
    meaning: 'Un certificat de la chaîne a dépassé sa validité.',
    evidence: "Ses dates comparées à l'horloge de cette machine, qui concorde avec d'autres hôtes.",
    remedies: [
      "Demander au responsable du serveur (ou de l'équipement d'inspection) de renouveler le certificat indiqué.",
      "Vérifier l'horloge de cette machine.",
    ],
  },
  'tls.not-yet-valid': {
    title: "Le certificat n'est pas encore valide",
    meaning: "D'après l'horloge de cette machine, la validité d'un certificat de la chaîne commence dans le futur.",
    evidence: "Ses dates comparées à l'horloge de cette machine.",
    remedies: [
      "Vérifier l'horloge de cette machine.",
      'Si elle est juste, demander au responsable du serveur de présenter un certificat déjà valide.',
    ],
  },
  'tls.name-mismatch': {
    title: 'Le certificat est établi pour un autre nom',
    meaning:
      "Le serveur à cette adresse n'a pas de certificat pour l'hôte : mauvaise adresse, portail, page de blocage ou certificat par défaut.",
    evidence: 'Les noms dans le certificat.',
    remedies: [
      'Vérifier que le nom se résout en la bonne adresse sur ce réseau.',
      "Demander au responsable d'un proxy, filtre ou portail en chemin de laisser passer l'hôte.",
    ],
  },
  'tls.version-mismatch': {
    title: 'Aucune version de TLS en commun',
    meaning: "L'autre côté n'offre pas TLS 1.2 ou plus récent, ou refuse ce que cette machine propose.",
    evidence: "L'alerte de version de protocole ou la version dans la réponse.",
    remedies: ["Demander au responsable du serveur ou de l'équipement d'inspection d'activer TLS 1.2 et TLS 1.3."],
  },
  'tls.cipher-mismatch': {
    title: 'Aucune suite cryptographique en commun',
    meaning: "L'autre côté refuse toutes les suites, tous les groupes ou toutes les signatures proposés.",
    evidence: 'Une alerte handshake failure.',
    remedies: [
      "Demander au responsable du serveur ou de l'équipement d'inspection d'activer les suites ECDHE AES-GCM (0xc030, 0xc02f).",
    ],
  },
  'tls.not-tls': {
    title: 'Ce qui répond ne parle pas TLS',
    meaning:
      'Les premiers octets ne sont pas un enregistrement TLS : serveur web en clair, proxy, portail ou autre service sur ce port.',
    evidence: 'Les premiers octets reçus.',
    remedies: [
      "Vérifier hôte et port. Si un équipement en chemin répond, demander à son responsable de laisser passer l'hôte.",
    ],
  },
  'tls.client-certificate-required': {
    title: 'Le serveur demande un certificat client',
    meaning: "La session se termine parce qu'aucun certificat client acceptable n'a été présenté.",
    evidence: "L'alerte de certificat du serveur.",
    remedies: [
      "Si le vrai client présente un certificat, demander l'exemption de cet hôte de l'inspection TLS, qui ne peut pas le transmettre.",
      'Vérifier que le certificat client du produit est installé.',
    ],
  },
  'tls.revoked': {
    title: 'Le certificat est révoqué',
    meaning: "La liste ou le répondeur de révocation de l'émetteur dit qu'un certificat de la chaîne est révoqué.",
    evidence: 'Une réponse de révocation signée.',
    remedies: ['Demander au responsable du serveur de remplacer le certificat.'],
  },
  'tls.revocation-unreachable': {
    title: 'Les serveurs de révocation sont injoignables',
    meaning:
      "Aucune des adresses qui donnent l'état de révocation d'un certificat n'est joignable. Les clients les attendent, et certains refusent ensuite la session.",
    evidence: "Les adresses indiquées dans le certificat, et l'échec de chacune.",
    remedies: [
      "Demander au responsable du pare-feu ou du proxy d'autoriser les hôtes de révocation indiqués sur TCP 80, y compris pour le compte de la machine.",
      "Sous Windows, définir le proxy système (netsh winhttp) là où le réseau en exige un : les vérifications de révocation l'utilisent.",
    ],
  },
};
