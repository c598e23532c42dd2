import type { CauseWordsOf } from '../contract.ts';

/** French words of the causes whose ids begin with `local`. */
export const local: CauseWordsOf<'local'> = {
  'local.no-network': {
    title: "Cette machine n'a pas de réseau",
    meaning: "Aucune interface active n'a d'adresse, ou aucune route ne sort du réseau local : rien n'est joignable.",
    evidence: "La liste des interfaces et des routes, et l'absence de toute réponse venue de l'extérieur.",
    remedies: [
      'Connecter cette machine au réseau : vérifier câble, Wi-Fi, VPN et commutateur virtuel.',
      "Vérifier qu'elle obtient une adresse et une passerelle par défaut (DHCP ou configuration statique).",
    ],
  },
  'local.blocked-by-host': {
    title: 'Un composant de cette machine bloque la connexion',
    meaning:
      "Le système d'exploitation refuse d'ouvrir la connexion : un pare-feu local ou un agent de protection l'interdit à ce programme.",
    evidence: "La connexion échoue aussitôt par une erreur d'autorisation, avant qu'un paquet ne parte.",
    remedies: [
      "Demander au responsable du pare-feu local ou de la protection du poste d'autoriser le TCP sortant vers ces hôtes, pour ce programme et pour le service qui en a besoin.",
      "Comparer avec un autre programme sur la même machine : s'il se connecte, la règle vise ce programme.",
    ],
  },
  'local.resources': {
    title: 'Cette machine est à court de sockets, de ports ou de mémoire',
    meaning:
      "La machine n'a pas pu ouvrir d'autres connexions ; certaines cibles n'ont donc pas été testées. Cela ne dit rien à leur sujet.",
    evidence: "Le système d'exploitation signale trop de fichiers ouverts, plus de tampon ou plus de port libre.",
    remedies: [
      'Relancer avec un --concurrency plus faible, ou relever la limite de fichiers ouverts du shell (ulimit -n).',
      'Chercher un programme qui occupe beaucoup de connexions ou de ports.',
    ],
  },
  'local.clock-skew': {
    title: "L'horloge de cette machine est fausse",
    meaning:
      "L'horloge s'écarte de plusieurs minutes ou plus de l'heure de plusieurs serveurs. Des certificats valides paraissent expirés ou pas encore valides, et l'authentification Kerberos ou par jeton échoue au-delà de cinq minutes.",
    evidence:
      "L'en-tête Date de plusieurs hôtes, ou des certificats d'hôtes sans lien entre eux, tous hors de leurs dates.",
    remedies: [
      "Mettre l'horloge à l'heure et réparer la synchronisation (w32tm /resync, chronyc makestep, timedatectl set-ntp true).",
      "Sur une machine virtuelle, vérifier la synchronisation de l'heure avec son hôte.",
    ],
  },
  'local.root-missing': {
    title: 'Un certificat racine public manque dans le magasin de cette machine',
    meaning:
      "Un serveur présente une chaîne publique valide, mais cette machine n'en possède pas la racine : les programmes qui se fient au magasin de la machine la refusent.",
    evidence: 'La chaîne aboutit à une racine publique absente du magasin de la machine, lequel est lisible.',
    remedies: [
      'Importer la racine indiquée dans le magasin des racines de confiance de la machine (Ordinateur local > Autorités de certification racines de confiance ; update-ca-certificates sous Debian).',
      'Sous Windows, permettre la mise à jour automatique des racines : accès à ctldl.windowsupdate.com, et aucune stratégie qui la désactive.',
    ],
  },
  'local.root-expired': {
    title: 'Un certificat racine de cette machine a expiré',
    meaning:
      'Le magasin de la machine contient une racine dont des chaînes ont besoin ici, et dont la validité est terminée.',
    evidence: "Les dates de la racine comparées à l'horloge de cette machine.",
    remedies: [
      "Remplacer la racine expirée par celle qui lui succède dans le magasin de la machine, et supprimer l'ancienne.",
      "Vérifier l'horloge de cette machine.",
    ],
  },
  'local.root-corrupt': {
    title: "Un certificat racine de cette machine n'est pas le vrai",
    meaning:
      "Le magasin de la machine contient un certificat qui porte le nom ou la clé d'une racine publique, mais une autre empreinte.",
    evidence: "L'empreinte trouvée, à côté de celle qui est publiée.",
    remedies: [
      'Supprimer le faux certificat du magasin de la machine et importer la vraie racine depuis son émetteur.',
      "Chercher qui l'a placé là : import raté, ou tentative de se faire passer pour la racine.",
    ],
  },
};
