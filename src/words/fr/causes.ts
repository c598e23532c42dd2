import type { CauseId } from '../../model/causes.ts';
import type { CauseWords } from '../contract.ts';
import { named } from '../en/causes.ts';
import { spacedCauses } from './spacing.ts';

type NetworkCause = Extract<CauseId, `local.${string}` | `dns.${string}` | `tcp.${string}`>;

/** French words of the causes in this machine, name resolution and connection. */
export const networkCauses: Readonly<Record<NetworkCause, CauseWords>> = spacedCauses(
  named<NetworkCause>({
    'local.no-network': [
      "Cette machine n'a pas de réseau",
      "Aucune interface active n'a d'adresse, ou aucune route ne sort du réseau local : rien n'est joignable.",
      "La liste des interfaces et des routes, et l'absence de toute réponse venue de l'extérieur.",
      'Connecter cette machine au réseau : vérifier câble, Wi-Fi, VPN et commutateur virtuel.',
      "Vérifier qu'elle obtient une adresse et une passerelle par défaut (DHCP ou configuration statique).",
    ],
    'local.blocked-by-host': [
      'Un composant de cette machine bloque la connexion',
      "Le système d'exploitation refuse d'ouvrir la connexion : un pare-feu local ou un agent de protection l'interdit à ce programme.",
      "La connexion échoue aussitôt par une erreur d'autorisation, avant qu'un paquet ne parte.",
      "Demander au responsable du pare-feu local ou de la protection du poste d'autoriser le TCP sortant vers ces hôtes, pour ce programme et pour le service qui en a besoin.",
      "Comparer avec un autre programme sur la même machine : s'il se connecte, la règle vise ce programme.",
    ],
    'local.resources': [
      'Cette machine est à court de sockets, de ports ou de mémoire',
      "La machine n'a pas pu ouvrir d'autres connexions ; certaines cibles n'ont donc pas été testées. Cela ne dit rien à leur sujet.",
      "Le système d'exploitation signale trop de fichiers ouverts, plus de tampon ou plus de port libre.",
      'Relancer avec un --concurrency plus faible, ou relever la limite de fichiers ouverts du shell (ulimit -n).',
      'Chercher un programme qui occupe beaucoup de connexions ou de ports.',
    ],
    'local.clock-skew': [
      "L'horloge de cette machine est fausse",
      "L'horloge s'écarte de plusieurs minutes ou plus de l'heure de plusieurs serveurs. Des certificats valides paraissent expirés ou pas encore valides, et l'authentification Kerberos ou par jeton échoue au-delà de cinq minutes.",
      "L'en-tête Date de plusieurs hôtes, ou des certificats d'hôtes sans lien entre eux, tous hors de leurs dates.",
      "Mettre l'horloge à l'heure et réparer la synchronisation (w32tm /resync, chronyc makestep, timedatectl set-ntp true).",
      "Sur une machine virtuelle, vérifier la synchronisation de l'heure avec son hôte.",
    ],
    'local.root-missing': [
      'Un certificat racine public manque dans le magasin de cette machine',
      "Un serveur présente une chaîne publique valide, mais cette machine n'en possède pas la racine : les programmes qui se fient au magasin de la machine la refusent.",
      'La chaîne aboutit à une racine publique absente du magasin de la machine, lequel est lisible.',
      'Importer la racine indiquée dans le magasin des racines de confiance de la machine (Ordinateur local > Autorités de certification racines de confiance ; update-ca-certificates sous Debian).',
      'Sous Windows, permettre la mise à jour automatique des racines : accès à ctldl.windowsupdate.com, et aucune stratégie qui la désactive.',
    ],
    'local.root-expired': [
      'Un certificat racine de cette machine a expiré',
      'Le magasin de la machine contient une racine dont des chaînes ont besoin ici, et dont la validité est terminée.',
      "Les dates de la racine comparées à l'horloge de cette machine.",
      "Remplacer la racine expirée par celle qui lui succède dans le magasin de la machine, et supprimer l'ancienne.",
      "Vérifier l'horloge de cette machine.",
    ],
    'local.root-corrupt': [
      "Un certificat racine de cette machine n'est pas le vrai",
      "Le magasin de la machine contient un certificat qui porte le nom ou la clé d'une racine publique, mais une autre empreinte.",
      "L'empreinte trouvée, à côté de celle qui est publiée.",
      'Supprimer le faux certificat du magasin de la machine et importer la vraie racine depuis son émetteur.',
      "Chercher qui l'a placé là : import raté, ou tentative de se faire passer pour la racine.",
    ],
    'dns.no-resolver': [
      'Aucun serveur de noms ne répond',
      'Aucun nom ne se résout et aucun serveur de noms configuré ne donne la moindre réponse.',
      'Chaque requête à chaque serveur se heurte au silence ou à une adresse injoignable.',
      "Vérifier les serveurs de noms configurés sur cette machine, et qu'ils fonctionnent.",
      "Demander au responsable du pare-feu d'autoriser les ports UDP et TCP 53 de cette machine vers ses serveurs de noms.",
    ],
    'dns.timeout': [
      'Le serveur de noms ne répond pas pour ce nom',
      "D'autres noms se résolvent, mais la requête pour celui-ci reste sans réponse dans le délai.",
      'Aucune réponse pour ce nom, alors que le même serveur répond pour les autres.',
      'Demander au responsable DNS de vérifier la redirection de ce domaine, et les filtres qui suppriment de telles requêtes.',
      "Demander au responsable du pare-feu d'autoriser, outre UDP, le port TCP 53 vers les serveurs de noms.",
    ],
    'dns.not-found': [
      "Le nom n'existe pas, selon le serveur de noms",
      "Le serveur répond NXDOMAIN pour ce nom. L'hôte est retiré ou mal orthographié, ou une politique DNS ou une zone interne du même domaine le masque.",
      "Une réponse NXDOMAIN, alors que d'autres noms se résolvent.",
      'Demander au responsable DNS si une politique ou une copie interne de ce domaine masque le nom, et de le rediriger vers le DNS public.',
      "Si un autre réseau ne le connaît pas non plus, l'entrée est périmée : la retirer de la liste.",
    ],
    'dns.no-address': [
      "Le nom n'a pas d'adresse",
      "Le serveur connaît le nom, mais ne donne aucune adresse d'une famille que cette machine peut utiliser.",
      'Des réponses NOERROR sans enregistrement A ni AAAA.',
      "Demander au responsable DNS de vérifier la zone qui répond : l'enregistrement manque peut-être dans une zone privée.",
      "Si le nom n'a que des adresses IPv6, donner à cette machine IPv6 ou un proxy.",
    ],
    'dns.server-failure': [
      'Le serveur de noms échoue sur ce nom',
      "Le serveur répond SERVFAIL ou une autre erreur : il ne joint pas le serveur faisant autorité, la validation échoue, ou une politique l'impose.",
      'Le code de réponse du serveur, et sa propre explication quand il en envoie une.',
      'Demander au responsable DNS de vérifier les redirecteurs du serveur, son accès à Internet et sa validation DNSSEC.',
      "Si l'erreur étendue dit blocked, censored ou filtered, demander une exception pour ce nom.",
    ],
    'dns.refused': [
      'Le serveur de noms refuse de répondre',
      "Le serveur ne résout pas pour cette machine : mauvais serveur, ou liste d'accès qui l'exclut.",
      'Des réponses REFUSED.',
      "Demander au responsable DNS d'autoriser la récursion pour l'adresse de cette machine, ou configurer le bon serveur de noms.",
    ],
    'dns.internal-only': [
      'Les serveurs de noms ne connaissent aucun nom public',
      "Les serveurs répondent aussitôt, mais aucun nom public ne se résout : ils ne servent que les noms internes et n'ont pas de redirecteur. Là où un proxy résout les noms, c'est voulu.",
      'Tous les noms publics échouent de la même façon, avec des réponses rapides.',
      'Si cette machine doit se connecter en direct : demander au responsable DNS un redirecteur vers le DNS public pour ces noms.',
      'Si un proxy web est prévu : relancer avec --proxy URL, et le proxy résout les noms.',
      'Vérifier que cette machine a bien un accès à Internet.',
    ],
    'dns.sinkhole': [
      'Un filtre DNS répond par une adresse morte',
      'Le nom se résout en une adresse comme 0.0.0.0 ou 127.0.0.1 qui ne mène nulle part : un filtre DNS le bloque.',
      "L'adresse dans la réponse, et aucune session authentifiée pour ce nom à cette adresse.",
      "Demander au responsable du filtre DNS d'autoriser ce nom.",
    ],
    'dns.redirected': [
      'Le DNS envoie des noms sans lien vers une même adresse',
      "Beaucoup de noms sans lien se résolvent en une seule adresse qui ne peut prouver qu'elle est l'un d'eux : serveur de noms qui redirige, portail ou page de blocage.",
      'Une seule adresse pour des noms sans lien, avec de mauvais certificats ou de mauvaises pages.',
      'Demander au responsable DNS pourquoi le serveur de noms répond ainsi, et de vraies réponses pour ces noms.',
      "Sur un réseau invité, s'identifier d'abord sur son portail.",
    ],
    'dns.private-address': [
      'Un nom public se résout en une adresse privée',
      "La réponse est l'adresse d'un réseau privé, et ce qui s'y trouve n'est pas le service : point de terminaison privé injoignable d'ici, zone interne, ou réponse détournée.",
      'Une adresse privée pour un nom public, et un chemin qui y échoue.',
      'Demander au responsable DNS pourquoi ce nom a une adresse privée sur ce réseau.',
      'Si un point de terminaison privé est voulu, demander au responsable du réseau une route et une règle vers lui.',
    ],
    'dns.hosts-file': [
      'Le fichier hosts envoie le nom ailleurs',
      "Une entrée du fichier hosts de cette machine décide de l'adresse, et le chemin vers elle échoue.",
      "L'entrée, à côté de ce que disent les serveurs de noms.",
      "Supprimer l'entrée de ce nom du fichier hosts de cette machine : les adresses de service changent.",
    ],
    'dns.large-answers-blocked': [
      'Les grandes réponses DNS sont coupées',
      'La réponse ne tient pas dans un datagramme UDP et la répétition sur le port TCP 53 échoue.',
      'Une réponse UDP tronquée, puis une requête TCP qui échoue.',
      "Demander au responsable du pare-feu d'autoriser, outre UDP, le port TCP 53 de cette machine vers ses serveurs de noms.",
    ],
    'tcp.dropped': [
      'Un pare-feu supprime les paquets en silence',
      "La tentative de connexion reste sans réponse, alors que d'autres destinations répondent.",
      "Un délai dépassé sur chaque adresse de l'hôte.",
      "Demander au responsable du pare-feu d'autoriser le TCP sortant de cette machine vers ces hôtes et ports (par nom plutôt que par adresse, car les adresses changent).",
    ],
    'tcp.egress-blocked': [
      'Les connexions directes hors de ce réseau sont bloquées',
      "Aucune destination extérieure n'est joignable en direct. De tels réseaux n'autorisent d'ordinaire qu'un proxy web.",
      "Des adresses différentes échouent toutes à la même étape, et aucune n'accepte de connexion.",
      'Relancer avec le proxy web du site : --proxy URL, et configurer le produit pour lui.',
      "Si aucun proxy n'est prévu : demander au responsable du pare-feu d'autoriser TCP 443 et 80 en sortie de cette machine vers les hôtes listés.",
    ],
    'tcp.refused': [
      'La connexion est refusée',
      "Quelque chose répond que personne n'écoute : port fermé à destination, mauvaise adresse, ou pare-feu qui rejette.",
      'Un reset ou un message ICMP « port unreachable » en réponse à la tentative de connexion.',
      'Demander au responsable du pare-feu si une règle rejette le TCP sortant vers ces hôtes et ports.',
      "Sinon, demander au responsable du service s'il écoute là.",
    ],
    'tcp.prohibited': [
      'Un routeur déclare la destination interdite',
      "Un routeur ou un pare-feu répond aussitôt par un message ICMP : hôte injoignable ou interdit par l'administration.",
      'Un « host unreachable » rapide pour une adresse au-delà de la passerelle.',
      'Demander au responsable du routeur ou du pare-feu de permettre le TCP sortant vers ces hôtes et ports.',
    ],
    'tcp.no-route': [
      "Il n'y a pas de route vers la destination",
      "La table de routage de cette machine, ou un routeur en chemin, n'a pas de route vers l'adresse.",
      "« Network unreachable », ou aucun voisin qui réponde pour l'adresse.",
      'Demander au responsable du réseau une route vers la destination, et vérifier passerelle et VPN de cette machine.',
    ],
    'tcp.ipv6-broken': [
      'IPv6 ne fonctionne pas, IPv4 fonctionne',
      "Cette machine a IPv6, mais rien n'est joint par ce protocole. Les programmes l'attendent avant de se rabattre sur IPv4.",
      'Toutes les adresses IPv6 échouent là où les adresses IPv4 des mêmes noms fonctionnent.',
      "Demander au responsable du réseau de réparer IPv6 (route, pare-feu, MTU), ou de cesser de l'annoncer.",
    ],
    'tcp.partly-blocked': [
      "Certaines adresses de l'hôte sont bloquées",
      "L'hôte fonctionne par certaines de ses adresses et échoue par d'autres : règle par adresse incomplète, ou nœud en panne.",
      'Le résultat de chaque adresse du nom.',
      "Demander au responsable du pare-feu d'autoriser l'hôte par son nom ou par toute sa plage publiée, non par adresses isolées.",
    ],
    'tcp.intercepted': [
      'Un équipement proche répond à la place de chaque adresse',
      'Les connexions aboutissent même vers des adresses où personne ne peut répondre : un proxy transparent ou un pare-feu les termine lui-même.',
      'Une connexion vers une adresse de documentation aboutit.',
      "Ne se fier sur ce réseau qu'aux résultats TLS authentifiés. Demander au responsable du réseau quel équipement termine le TCP, et de laisser passer ces hôtes.",
    ],
  }),
);
