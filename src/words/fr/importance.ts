import type { OfCatalog } from '../contract.ts';
import { spaced } from './spacing.ts';

/** Why an endpoint is as important as it is, in French: what the bundled catalog says in English. */
export const importance: OfCatalog = {
  'No longer in use: nothing of a supported version breaks without it.': spaced(
    'Plus utilisé : rien d’une version prise en charge n’en dépend.',
  ),
  'The page lists it without marking it optional; enrolment or management of devices stops without it.': spaced(
    'La page le cite sans le dire facultatif ; sans lui, l’inscription ou la gestion des appareils s’arrête.',
  ),
  'Marked as required, yet a certificate names the addresses it needs by itself, and cached answers bridge an outage for days.':
    'Marqué comme requis, mais un certificat nomme lui-même les adresses qu’il demande, et les réponses en cache couvrent une panne de plusieurs jours.',
  'Needed for the purpose that the notes name, not for running jobs.':
    'Nécessaire à ce que disent les notes, pas à l’exécution des travaux.',
  'Needed where revocation is checked, and cached answers bridge an outage for days.': spaced(
    'Nécessaire là où la révocation est vérifiée ; les réponses en cache couvrent une panne de plusieurs jours.',
  ),
  'One of several regional addresses; a tenant uses those of its own region.': spaced(
    'Une adresse régionale parmi d’autres ; un locataire emploie celles de sa région.',
  ),
  'Takes uploads of error reports; updates are offered and installed without it.': spaced(
    'Reçoit les rapports d’erreurs ; les mises à jour sont proposées et installées sans lui.',
  ),
  'Without it the cache does not fill and clients fall back to the CDN.':
    'Sans lui, le cache ne se remplit pas et les clients se rabattent sur le CDN.',
  'The gateway keeps its content, state and keys here.': 'La passerelle y garde son contenu, son état et ses clés.',
  'Named in a list of TCP checks, not in a list of requirements.':
    'Cité dans une liste de tests TCP, pas dans une liste d’exigences.',
  'Store apps are found, licensed or installed through this address.':
    'Les applications du Store sont trouvées, licenciées ou installées par cette adresse.',
  'Software update points of the hierarchy synchronize with each other here.':
    'Les points de mise à jour logicielle de la hiérarchie s’y synchronisent entre eux.',
  'Signing in to Azure from the console needs this page and its parts.':
    'La connexion à Azure depuis la console demande cette page et ses éléments.',
  'Internet clients reach the gateway and its content here.':
    'Les clients d’Internet y atteignent la passerelle et son contenu.',
  'From version 2603 clients with Microsoft Entra tokens are refused if the management point cannot validate them.':
    'À partir de la version 2603, les clients à jeton Microsoft Entra sont refusés si le point de gestion ne peut valider celui-ci.',
  'The servicing data and content of the feature come from here; without it the feature has nothing to show.': spaced(
    'Les données de maintenance et le contenu de la fonctionnalité en viennent ; sans lui, elle n’a rien à montrer.',
  ),
  'Scripts and Win32 apps are downloaded from here.': 'Les scripts et les applications Win32 en sont téléchargés.',
  'Only reading the endpoint lists needs it.': 'Seule la lecture des listes de points de terminaison le demande.',
  'One of several regional addresses; a device uses that of its own region.': spaced(
    'Une adresse régionale parmi d’autres ; un appareil emploie celle de sa région.',
  ),
  'Needed when a server is connected or disconnected, and not in between.':
    'Nécessaire quand un serveur est connecté ou déconnecté, pas entre les deux.',
  'Needed at installation time only.': 'Nécessaire seulement à l’installation.',
  'With two or more instances the channel runs over these ports, one an instance.':
    'Avec deux instances ou plus, le canal passe par ces ports, un par instance.',
  'Update content is downloaded from these names.': 'Le contenu des mises à jour est téléchargé depuis ces noms.',
  'Update content is downloaded from here.': 'Le contenu des mises à jour en est téléchargé.',
  'The gateway and the notification service of tenant attach are here.':
    'La passerelle et le service de notification de l’attachement de locataire y sont.',
  'The document states no purpose; the update itself is offered and downloaded without it.': spaced(
    'Le document n’en dit pas le but ; la mise à jour est proposée et téléchargée sans lui.',
  ),
  'The connection point builds its channel to the gateway here; without it no internet client is served.': spaced(
    'Le point de connexion y établit son canal vers la passerelle ; sans lui, aucun client d’Internet n’est servi.',
  ),
  'Synchronization asks sws.update.microsoft.com today; these older addresses are listed beside it.': spaced(
    'La synchronisation interroge aujourd’hui sws.update.microsoft.com ; ces adresses plus anciennes sont citées à côté.',
  ),
  'Only the documentation node of the console needs it.': 'Seul le nœud Documentation de la console le demande.',
  'No client asks for these names; only firewalls that match on resolved names see them.': spaced(
    'Aucun client ne demande ces noms ; seuls les pare-feu qui comparent les noms résolus les voient.',
  ),
  'Needed for extended security updates only.': 'Nécessaire seulement aux mises à jour de sécurité étendues.',
  'Needed for SSH and Windows Admin Center only.': 'Nécessaire seulement à SSH et à Windows Admin Center.',
  'Every call of the feature to Azure goes to this address.':
    'Tout appel de la fonctionnalité à Azure va à cette adresse.',
  'Clients that authenticate with Microsoft Entra get their token here.':
    'Les clients qui s’authentifient par Microsoft Entra y obtiennent leur jeton.',
  'A cloud management gateway is deployed and monitored through this address.':
    'Une passerelle de gestion cloud est déployée et surveillée par cette adresse.',
  'Update content of Microsoft 365 Apps comes from here.':
    'Le contenu des mises à jour de Microsoft 365 Apps en vient.',
  'The update manifest link leads through a host of this domain, and the payload comes from one.':
    'Le lien du manifeste de mise à jour passe par un hôte de ce domaine, et la charge utile en vient.',
  'The update manifest is found through a forward link of this host; without it no update is offered.': spaced(
    'Le manifeste de mise à jour se trouve par un lien de redirection de cet hôte ; sans lui, aucune mise à jour n’est proposée.',
  ),
  'The update manifest is downloaded from here; without it no update is offered.': spaced(
    'Le manifeste de mise à jour en est téléchargé ; sans lui, aucune mise à jour n’est proposée.',
  ),
  'The support article on failing downloads tests this host first: content of an update comes from it.': spaced(
    'L’article de support sur les téléchargements en échec teste d’abord cet hôte : le contenu d’une mise à jour en vient.',
  ),
  'The service locator: the role learns from it which gateway to use.': spaced(
    'Le localisateur de service : le rôle y apprend quelle passerelle employer.',
  ),
  'The service locator of tenant attach and links of other features stand behind it.':
    'Le localisateur de service de l’attachement de locataire et des liens d’autres fonctionnalités sont derrière lui.',
  'The service behind it ended for Configuration Manager in 2022.':
    'Le service derrière lui a pris fin pour Configuration Manager en 2022.',
  'The release list is found through this link.': 'La liste des versions se trouve par ce lien.',
  'The release list comes from here; without it no version can be chosen.': spaced(
    'La liste des versions en vient ; sans elle, aucune version ne peut être choisie.',
  ),
  'The payload of an update is downloaded from here.': 'La charge utile d’une mise à jour en est téléchargée.',
  'The older WSUS address, which is to be shut down; sws.update.microsoft.com replaces it.': spaced(
    'L’ancienne adresse WSUS, qui doit fermer ; sws.update.microsoft.com la remplace.',
  ),
  'The names of the files of an update come from here; without them it cannot be downloaded.': spaced(
    'Les noms des fichiers d’une mise à jour en viennent ; sans eux, elle ne peut être téléchargée.',
  ),
  'The name is most likely a slip of the page.': 'Ce nom est sans doute une erreur de la page.',
  'The file list of an update is found through this forward link.':
    'La liste des fichiers d’une mise à jour se trouve par ce lien de redirection.',
  'The content of the deployment is downloaded from here.': 'Le contenu du déploiement en est téléchargé.',
  'The connected computer uploads usage data and downloads updates through these hosts.':
    'L’ordinateur connecté envoie les données d’utilisation et télécharge les mises à jour par ces hôtes.',
  'Takes diagnostic data of the connector; devices are uploaded and actions arrive without it.': spaced(
    'Reçoit les données de diagnostic du connecteur ; les appareils sont envoyés et les actions arrivent sans lui.',
  ),
  'Synchronization runs over HTTPS; the plain HTTP form is listed beside it.': spaced(
    'La synchronisation passe par HTTPS ; la forme en HTTP simple est citée à côté.',
  ),
  'Synchronization asks sws.update.microsoft.com; without it no update metadata arrives.': spaced(
    'La synchronisation interroge sws.update.microsoft.com ; sans lui, aucune métadonnée de mise à jour n’arrive.',
  ),
  'Synchronization asks sws.update.microsoft.com today; this older address is listed beside it.': spaced(
    'La synchronisation interroge aujourd’hui sws.update.microsoft.com ; cette adresse plus ancienne est citée à côté.',
  ),
  'Serves a readiness dashboard whose support ended.':
    'Sert un tableau de bord de préparation qui n’est plus pris en charge.',
  'Reported not to answer anywhere; nothing is known to break.': spaced(
    'Signalé comme ne répondant nulle part ; rien de connu n’en souffre.',
  ),
  'Replaced the wildcard for the storage that holds update content; named twice in the section.': spaced(
    'A remplacé le nom générique du stockage qui détient le contenu des mises à jour ; cité deux fois dans la section.',
  ),
  'Only sending feedback from the console needs it.': 'Seul l’envoi de commentaires depuis la console le demande.',
  'Only peers are coordinated here; content still comes from the distribution point or the CDN.': spaced(
    'Seuls les pairs y sont coordonnés ; le contenu vient toujours du point de distribution ou du CDN.',
  ),
  'Only notices of the vendor in the console come from here.':
    'Seuls les avis de l’éditeur dans la console en viennent.',
  'Only making a new configuration in the console needs it.':
    'Seule la création d’une configuration dans la console le demande.',
  'Notifications are handed to the logic app at this address and nowhere else.':
    'Les notifications sont remises à l’application logique à cette adresse et nulle part ailleurs.',
  'Needed for Windows Admin Center only.': 'Nécessaire seulement à Windows Admin Center.',
  'Microsoft Entra user and group discovery asks this address and nothing else.':
    'La découverte d’utilisateurs et de groupes Microsoft Entra n’interroge que cette adresse.',
  'From March 2025 the payload moves to configmgrbits.cdn.manage.microsoft.com, which decides.':
    'Depuis mars 2025, la charge utile passe à configmgrbits.cdn.manage.microsoft.com, qui décide.',
  'Every update download of the role starts at a forward link of this host.':
    'Tout téléchargement de mise à jour du rôle commence par un lien de redirection de cet hôte.',
  'Devices upload the data of the feature to this domain.':
    'Les appareils envoient les données de la fonctionnalité à ce domaine.',
  'Collections and devices are synchronized through this domain.':
    'Les regroupements et les appareils sont synchronisés par ce domaine.',
  'Azure AD Graph, the service behind it, is retired; the page still lists it.': spaced(
    'Azure AD Graph, le service derrière lui, est retiré ; la page le cite toujours.',
  ),
  'Automatic root update; needed where a chain ends in a root that the machine lacks.': spaced(
    'Mise à jour automatique des racines ; nécessaire là où une chaîne finit par une racine que la machine n’a pas.',
  ),
  'A remote service connection point reads and writes the site database.':
    'Un point de connexion de service distant lit et écrit la base de données du site.',
};
