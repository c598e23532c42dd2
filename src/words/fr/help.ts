import type { HelpWords } from '../contract.ts';
import { spaced, spacedAll } from './spacing.ts';

/** French words of the help. */
export const help: HelpWords = spacedAll<HelpWords>({
  usage: 'Utilisation :',
  purpose:
    'Dit quels points de terminaison requis cette machine ne peut pas utiliser, pourquoi, et ce qu’il faut demander exactement.',
  headings: {
    commands: 'Commandes :',
    words: 'Arguments :',
    examples: 'Exemples :',
    scope: 'Périmètre :',
    route: 'Chemin :',
    trust: 'Noms et confiance :',
    limits: 'Limites :',
    carry: 'Transport :',
    store: 'Surveillance et historique :',
    send: 'Envoi :',
    collect: 'Collecte :',
    output: 'Sortie :',
    other: 'Divers :',
  },
  commands: {
    check: {
      describe:
        'Sonde les points de terminaison et dit lesquels cette machine peut utiliser, et pourquoi pas les autres.',
      words: {
        what: 'Identifiants de fonctionnalités, URL ou hôte[:port] ; sans rien, les fonctionnalités actuelles du point de connexion de service.',
      },
      examples: [
        'Contrôle les fonctionnalités par défaut.',
        'Contrôle une fonctionnalité.',
        'Contrôle ce que vous nommez.',
        'Affiche un tableau et garde le rapport entier.',
      ],
    },
    list: {
      describe: 'Affiche le catalogue : fonctionnalités, points de terminaison, importance et documents sources.',
      words: { feature: 'Identifiants de fonctionnalités ; sans rien, toutes.' },
      examples: ['Affiche les points de terminaison d’une fonctionnalité.'],
    },
    plan: {
      describe: 'Affiche les sondes exactes que check enverrait. Aucun paquet ne part.',
      words: { what: 'Comme pour check.' },
      examples: ['Affiche ce qu’un paramètre rend vérifiable.'],
    },
    allowlist: {
      describe:
        'Écrit des règles pour pare-feu et proxys : ce que demandent les documents, ou exactement ce qui a échoué dans un rapport.',
      words: { what: 'Comme pour check.' },
      examples: [
        'Affiche ce qu’il faut à une fonctionnalité. Aucun paquet ne part.',
        'Écrit des règles que squid inclut.',
        'Énumère exactement ce qui a échoué.',
      ],
    },
    explain: {
      describe:
        'Explique une cause : ce qu’elle signifie, sur quoi elle repose, que faire ; ou un code documenté, une fonctionnalité, un hôte.',
      words: {
        what: 'L’identifiant d’une cause ou son premier mot (tls), un code de statut (407), un identifiant de message (11412), une fonctionnalité ou un hôte du catalogue ; sans rien, le tableau des causes.',
      },
      examples: ['Explique une cause.'],
    },
    diagnose: {
      describe:
        'Juge à nouveau un rapport JSON enregistré d’après ses observations ; de plusieurs, dit ce qui les explique tous. Aucun paquet ne part.',
      words: {
        report: 'Un fichier écrit par --format json, ou "-" pour l’entrée standard ; aucun avec --store.',
        more: 'Des rapports d’autres machines, ou plus anciens : la réponse porte alors sur l’ensemble.',
      },
      examples: [
        'Affiche un rapport enregistré dans tous ses détails.',
        'Dit ce que de nombreuses machines ont en commun.',
        'Affiche un examen de ce moment, dans tout format.',
      ],
    },
    diff: {
      describe: 'Compare deux rapports JSON enregistrés. Le code de sortie est 1 si quelque chose a empiré.',
      words: {
        old: 'Le rapport antérieur ; avec --store une MACHINE, MACHINE@TIME ou @TIME.',
        new: 'Le rapport ultérieur, écrit de même.',
      },
      examples: [
        'Affiche l’effet d’un changement dans le réseau.',
        'Dit ce qui échoue sur le nouveau serveur seul, d’après leurs examens dans un historique.',
      ],
    },
    watch: {
      describe: 'Examine encore et encore, garde ce qui fut vu et dit ce qui a changé.',
      words: { what: 'Comme pour check.' },
      examples: [
        'Examine une fois par jour, et aussitôt si le dernier examen est plus ancien.',
        'Examine quatre fois par heure ; la nuit du samedi, les avis attendent.',
        'Examine une seule fois, pour un planificateur du système.',
        'Affiche les fichiers pour un tel planificateur.',
      ],
    },
    history: {
      describe: 'Affiche ce qui est enregistré : les fonctionnalités jour par jour, les cibles examen par examen.',
      words: { what: 'Fonctionnalités, hôtes ou cibles ; rien veut dire toutes les fonctionnalités.' },
      examples: ['Affiche les cibles d’une fonctionnalité.'],
    },
    incidents: {
      describe: 'Affiche ce qui est ouvert et ce qui est passé : causes, cibles, indices et heures.',
      words: { what: 'Causes, hôtes ou cibles ; rien veut dire tout.' },
      examples: ['Les affiche avec indices et remèdes.'],
    },
    store: {
      describe: 'Vérifie un historique, ou le copie dans un autre qui est vide.',
      words: {
        action: '"check" ou "copy".',
        from: 'L’historique ; aucun veut dire celui de ce compte.',
        to: 'L’historique où copier.',
      },
      examples: ['Dit s’il est sain.', 'Déplace un fichier dans PostgreSQL.'],
    },
    doctor: {
      describe:
        'Affiche ce que cette machine utilise : proxy, serveurs de noms, familles d’adresses, magasins de certificats, horloge, environnement d’exécution.',
      words: {},
      examples: ['Affiche tout cela. Aucun paquet ne part.'],
    },
    demo: {
      describe:
        'Contrôle et explique des serveurs sains et défectueux sur cette machine. Ni Internet ni droits d’administrateur requis.',
      words: {},
      examples: ['Lance la démonstration dans tous ses détails.'],
    },
    'carry key': {
      describe: 'Affiche la clé de cette machine, et la crée s’il n’y en a pas.',
      words: {},
      examples: ['Affiche l’empreinte à comparer sur une autre machine.'],
    },
    'carry prepare': {
      describe: 'Écrit le contrôle dans un fichier pour une machine connectée. Aucun paquet ne part.',
      words: { what: 'Comme pour check.' },
      examples: ['Écrit le contrôle par défaut.', 'Tait les noms internes.'],
    },
    'carry show': {
      describe: 'Montre ce que dit chaque ligne d’un fichier transporté.',
      words: { file: 'Une demande ou un résultat, ou "-" pour l’entrée standard.' },
      examples: ['Montre un fichier avant son départ.'],
    },
    'carry connect': {
      describe: 'Exécute le contrôle d’un fichier transporté sur une machine connectée, et écrit ce qui en est venu.',
      words: { file: 'Une demande, ou "-" pour l’entrée standard.' },
      examples: ['Mesure ce que la demande contient.'],
    },
    'carry import': {
      describe:
        'Vérifie un résultat, le juge d’après les magasins de confiance de cette machine, et rend compte comme check.',
      words: { file: 'Un résultat, ou "-" pour l’entrée standard.' },
      examples: ['Juge un résultat dont l’empreinte a été comparée.'],
    },
    'collect token': {
      describe: 'Crée un jeton qui permet à une machine d’envoyer à un collecteur, pendant une semaine.',
      words: {},
      examples: ['L’affiche ; à donner à la machine dans un fichier.'],
    },
    'collect tokens': {
      describe:
        'Énumère les jetons : qui les a créés et quand, quelle machine chacun a admise, jusqu’à quand valent les autres.',
      words: {},
      examples: ['Montre quels jetons admettent encore une machine.'],
    },
    'collect withdraw': {
      describe: 'Retire un jeton qui n’a encore admis personne.',
      words: { token: 'Le nom du jeton, tel que collect tokens l’énumère.' },
      examples: ['Retire un jeton qui s’est perdu.'],
    },
    'collect machines': {
      describe: 'Énumère les machines qui envoient à un collecteur : en attente, admises, exclues.',
      words: {},
      examples: ['Montre qui attend d’être admis.'],
    },
    'collect audit': {
      describe: 'Liste qui a été admis et exclu, par qui et quand, et les jetons créés.',
      words: {},
      examples: ['Montre d’abord les dernières entrées.'],
    },
    'collect admit': {
      describe: 'Admet une machine qui attend, ou qui avait été exclue.',
      words: { fingerprint: 'L’empreinte de sa clé, telle que collect machines l’énumère.' },
      examples: ['Admet une machine.'],
    },
    'collect revoke': {
      describe: 'Exclut une machine.',
      words: { fingerprint: 'L’empreinte de sa clé, telle que collect machines l’énumère.' },
      examples: ['Exclut une machine.'],
    },
    collect: {
      describe:
        'Reçoit les rapports de nombreuses machines et montre ce qu’ils disent ensemble : une page, une interface, des métriques.',
      words: {},
      examples: [
        'Ne sert que cette machine.',
        'Sert les autres par TLS, avec une base que plusieurs collecteurs partagent.',
        'Dit à un Alertmanager de cette machine ce qui ne va pas dans le parc.',
      ],
    },
    schema: {
      describe:
        'Écrit le schéma JSON du rapport, des fichiers de catalogue, des fichiers de configuration, de ce qui ne va pas dans la durée, des messages ou de ce qui est dit de plusieurs machines.',
      words: {
        name: '"report" (par défaut), "catalog", "config", "incident", "history", "message", "fleet", "collector" ou "ways".',
      },
      examples: ['Enregistre un schéma pour un éditeur.'],
    },
    completion: {
      describe: 'Écrit ce qu’il faut à un shell pour compléter commandes, options, fonctionnalités et causes.',
      words: { shell: '"bash", "zsh", "fish" ou "powershell".' },
      examples: ['Écrit cela ; la première ligne dit où le mettre.'],
    },
    version: { describe: 'Affiche la version.', words: {}, examples: [] },
  },
  purposeOfHelp: 'Montre l’aide.',
  configKeys: {
    title: 'fichier de configuration de wayclear',
    description: spaced(
      'Les options de la ligne de commande sous leurs noms : wayclear.config.json, ou ce que --config nomme.',
    ),
    schema: 'Où un éditeur trouve ce schéma.',
    what: 'Identifiants de fonctionnalités, URL ou hôte[:port], comme sur la ligne de commande.',
  },
  options: {
    catalog:
      'Ajoute un fichier de catalogue, un dossier de tels fichiers, ou le service des points de terminaison Microsoft 365 (m365:worldwide, ou m365: et un fichier enregistré). Peut être donné plusieurs fois.',
    'no-bundled': 'Laisse de côté le catalogue fourni avec wayclear.',
    role: 'Prend les points de terminaison de ce rôle, par exemple service-connection-point ou client.',
    cloud: 'Le cloud dont les points de terminaison comptent.',
    'include-legacy': 'Inclut les points de terminaison des fonctionnalités retirées ou remplacées.',
    only: 'Garde les cibles dont l’identifiant, l’hôte ou le motif documenté correspond à ce motif (* vaut pour tout texte). Peut être donné plusieurs fois.',
    skip: 'Laisse de côté les cibles qui correspondent à ce motif. Peut être donné plusieurs fois.',
    set: 'Donne sa valeur à un paramètre de modèle, comme dans --set tenantId=VALEUR. Peut être donné plusieurs fois.',
    targets:
      'Lit d’autres cibles dans un fichier, ou sur l’entrée standard pour "-" : URL, hôte[:port], noms génériques et réseaux, un par ligne ou en colonnes CSV.',
    from: 'Écrit les règles pour exactement ce qui a échoué dans ce rapport JSON ("-" pour l’entrée standard), et nomme ce qu’un autre changement doit réparer.',
    proxy:
      'Comment joindre les points de terminaison : l’URL d’un proxy (http, https, socks4, socks4a, socks5, socks5h), pac+URL pour un fichier PAC, env, system, direct ou auto (l’environnement, puis le système d’exploitation, puis le chemin direct).',
    'no-proxy':
      'Hôtes à joindre sans le proxy, séparés par des virgules ; remplace NO_PROXY. Un nom couvre ses sous-domaines ; adresses, blocs CIDR et hôte:port conviennent aussi.',
    'proxy-auth': 'Comment s’authentifier auprès du proxy.',
    'proxy-user': 'Le compte pour le proxy, sous la forme NOM, DOMAINE\\NOM ou NOM@ROYAUME.',
    'proxy-password-file':
      'Un fichier qui contient le mot de passe pour le proxy et rien d’autre. WAYCLEAR_PROXY_PASSWORD convient aussi ; aucune option ne prend le mot de passe lui-même, que d’autres pourraient lire sur cette machine.',
    'proxy-ca': 'Un fichier PEM avec les racines que peut utiliser le certificat d’un proxy https.',
    'direct-too': 'Mesure aussi le chemin direct, en plus de celui qui passe par le proxy.',
    on: 'Exécute le contrôle sur une autre machine, ssh://[utilisateur@]hôte[:port], par le ssh de celle-ci (clés et hôtes connus comme ssh les a, sans question), puis le juge et l’affiche ici. wayclear doit s’y trouver dans la même version.',
    'remote-program': 'Le nom ou le chemin de wayclear là-bas, sans espaces.',
    attended:
      'Pour un autre wayclear, qui l’exécute par --on : lit ses options sur une ligne de JSON, laisse le jugement à qui lit les enregistrements, et finit avec l’entrée standard. Avec --config - et --format ndjson.',
    'dns-server':
      'Interroge ce serveur de noms (IP ou IP:PORT, [IP]:PORT pour IPv6) et non celui de la machine. Peut être donné plusieurs fois.',
    'ca-file':
      'Fait confiance aussi aux racines de ce fichier PEM, comme le feraient les clients ici. Peut être donné plusieurs fois.',
    ipv4: 'N’utilise qu’IPv4.',
    ipv6: 'N’utilise qu’IPv6. Les deux options ensemble valent les deux familles, comme aucune des deux.',
    'user-agent':
      'Le nom de client de toutes les requêtes, CONNECT compris : certains proxys n’admettent que des programmes connus.',
    'tls-hello':
      'La taille du premier message TLS : classic tient dans un petit paquet, comme l’envoie Windows ; large contient une clé post-quantique, comme l’envoient les navigateurs récents.',
    timeout: 'Durée maximale de chaque étape d’une sonde : 500ms, 10s ou 2m.',
    deadline: 'Durée maximale du tout, du démarrage du programme au dernier mot écrit.',
    concurrency: 'Nombre de cibles sondées en même temps. Choisi d’après le plan s’il n’est pas donné.',
    repeat:
      'Regarde tant de fois ce qui échoue ou vacille, un essai après l’autre : de 2 à 100. Sans cette option, dix fois ce qui a échoué une fois puis réussi.',
    'no-experiments':
      'N’envoie rien qui ne fait qu’expliquer un échec. Ce qui décide si quelque chose échoue est tout de même demandé, comme la même chose une seconde fois.',
    offline: 'Ne contrôle que cette machine : aucun paquet ne la quitte, et aucune cible n’est testée.',
    mode: 'Si cette machine peut envoyer des paquets. Dès qu’une source dit offline (une option, WAYCLEAR_MODE, un fichier de configuration), toute commande qui en enverrait est refusée, et aucune autre source ne lève cela.',
    out: 'Le fichier à écrire, qui sera transporté.',
    redact:
      'Remplace les noms internes (de cette machine et des hôtes internes) par des hachages salés ; import les remet.',
    trust: 'L’empreinte d’une clé dont les résultats sont crus désormais, telle que carry connect la montre.',
    'accept-catalog': 'Prend les fonctionnalités plus récentes du catalogue qu’aucune clé de confiance n’a signées.',
    extract:
      'Écrit dans ce dossier les certificats d’émetteurs, listes de révocation et fichiers de catalogue apportés en plus.',
    'max-age': 'Depuis combien de jours un résultat peut avoir été mesuré : 1 à 90.',
    state:
      'Le dossier qui garde clés, demandes et catalogues acceptés. Sans cette option : /var/lib/wayclear pour root sous Linux, %ProgramData%\\wayclear sous Windows, ~/.local/state/wayclear sinon.',
    store:
      'L’historique : un fichier SQLite ou postgres://USER@HOST/DATABASE. watch, history et incidents prennent celui de ce compte si aucun n’est nommé ; check y enregistre alors l’examen.',
    machine: 'La machine voulue, quand un historique en connaît plusieurs.',
    at: 'Prend le dernier examen commencé à ce moment ou avant, comme --at 2026-11-01T08:00:00Z.',
    every: 'Le temps d’un examen au suivant : 1m au moins.',
    once: 'Examine une fois puis finit, pour un planificateur du système ; ce qui est douteux est revu la fois suivante.',
    confirm: 'Combien d’examens doivent voir une panne avant qu’elle soit annoncée.',
    maintenance:
      'Quand les avis attendent pour n’en faire qu’un à la fin : 22:00/8h, "sat,sun 06:00/4h Europe/Berlin" ou 2026-12-24T18:00/3d. Les examens continuent. Peut être donné plusieurs fois.',
    keep: 'Combien de temps les examens, les messages et les incidents clos sont gardés ; le dernier message de chaque machine reste.',
    'keep-size':
      'La place que peuvent prendre les rapports et les messages gardés ; les plus anciens partent d’abord, et le dernier de chaque machine reste.',
    'catalog-url':
      'Compare le catalogue à celui de cette adresse https, et dit ce qui y fut ajouté, retiré ou devint critique. Il ne sert pas aux examens.',
    notify:
      'Annonce ce qui a changé par les voies que ce fichier JSON énumère (webhooks, messagerie, syslog, journal d’événements, commandes).',
    'password-file': 'Laisse lire ceux qui connaissent le mot de passe de ce fichier, où qu’ils soient.',
    'trusted-header': 'Laisse lire ceux qu’un proxy inverse de cette machine nomme dans cet en-tête.',
    'cmtrace-log':
      'Ajoute chaque examen à ce fichier au format du rôle, comme EndpointConnectivityCheckWorker.log. Un fichier plein est gardé en .lo_.',
    print: 'Affiche ce qu’il faut à ce planificateur pour la même surveillance, et n’examine rien.',
    send: 'Envoie le rapport, signé, à un collecteur (https://HOST), dans un dossier ou sur la sortie standard ("-") ; le suivant remplace celui qui est hors d’atteinte. Ce que personne ne prend attend sur le disque. Peut être répétée.',
    'send-detail': 'Ce qui est envoyé : full est le rapport entier, summary l’état, les causes et la durée des étapes.',
    'send-token-file': 'Un fichier avec le jeton à usage unique qui admet cette machine.',
    listen:
      'Où écouter, pour les rapports (collect) ou les lecteurs de la page (watch) : HOST:PORT, [IPv6]:PORT, ou :PORT pour cette machine seule.',
    limit:
      'Combien de messages sont pris de toutes les machines réunies dans une fenêtre ; un cinquième est réservé aux mauvaises nouvelles.',
    per: 'La durée d’une fenêtre.',
    'accept-new': 'Admet toute machine qui se présente, sans jeton ni collect admit.',
    'insecure-http':
      'Sert les autres sans TLS, si quelque chose devant parle TLS, et accepte un Alertmanager d’ailleurs par http://.',
    'tls-cert': 'Un fichier PEM avec le certificat du collecteur et sa chaîne ; relu quand il change.',
    'tls-key': 'Un fichier PEM avec sa clé.',
    'read-token-file':
      'Un fichier de jetons, un par ligne, dont un est exigé de qui lit. Sans lui, seule cette machine peut lire.',
    'silent-after':
      'Combien de temps une machine peut se taire avant de compter comme muette, sauf si elle a dit à quel rythme elle rend compte : alors ce délai, plus deux heures.',
    alertmanager:
      'Dit à cet Alertmanager ce qui ne va pas, une alerte par cause et par point commun des machines, jusqu’à ce que ce soit fini : https://HOST:9093, ou http:// sur cette machine ou avec --insecure-http ; https://USER@HOST s’il faut s’identifier. Peut être donné plusieurs fois.',
    'alertmanager-password-file':
      'Un fichier qui contient le mot de passe de cet utilisateur, ou sans utilisateur un jeton « bearer », et rien d’autre. WAYCLEAR_ALERTMANAGER_PASSWORD convient aussi.',
    check:
      'Vérifie que l’adresse, le certificat, la base, le disque et l’horloge sont comme il faut, et ne commence pas.',
    format:
      'Écrit le résultat sous la forme NOM sur la sortie standard, ou dans un fichier avec NOM=FICHIER. Peut être donné plusieurs fois.',
    output:
      'Écrit dans ce fichier ce qui irait sur la sortie standard ; sans --format, la fin de son nom choisit le format.',
    json: 'Comme --format json.',
    lang: 'La langue des textes.',
    'fail-on': 'Ce qui met le code de sortie à 1 ; chaque valeur inclut celles qui la précèdent.',
    'ignore-missing':
      'Ne compte pas dans le code de sortie ce qui était testé avant et ne l’est plus, comme après une exécution plus étroite.',
    'exit-codes':
      'Quels codes de sortie : nagios donne ceux d’un greffon (0 bon, 1 avertissement, 2 critique, 3 inconnu), quel que soit --fail-on par défaut.',
    quiet: 'N’affiche que la ligne de résumé, sans progression.',
    verbose: 'Ajoute au tableau chaque étape, adresse, durée, chaîne et contrôle.',
    anonymous:
      'Laisse hors du rapport le nom, le compte et les adresses de cette machine ; d’une adresse, il reste le réseau.',
    label:
      'Dit de cette machine quelque chose que le rapport garde, comme --label site=Berlin ; c’est par là qu’on trouve ce que des machines partagent. Peut être répétée.',
    'no-color': 'N’utilise aucune couleur. NO_COLOR fait de même.',
    config:
      'Lit les options dans ce fichier JSON, ou sur l’entrée standard pour "-" : les mêmes noms que les options, et "what". Sans cela, votre propre fichier est lu ($XDG_CONFIG_HOME/wayclear/config.json, par défaut dans ~/.config ; %APPDATA%\\wayclear\\config.json sous Windows), puis wayclear.config.json dans le dossier courant, qui ne peut nommer ni proxy, ni compte, ni fichier, ni adresse, ni confiance.',
    help: 'Affiche cette aide.',
    version: 'Affiche la version.',
  },
  choices: (values) => spaced(` Valeurs : ${values.slice(0, -1).join(', ')} ou ${values.at(-1)}.`),
  default: (value) => spaced(` Par défaut : ${value}.`),
  epilogue: (topics) =>
    spaced(`Les options viennent de la ligne de commande, puis de l’environnement, puis du
fichier de configuration, puis des valeurs par défaut. Dans l’environnement :
NO_COLOR, WAYCLEAR_PROXY_PASSWORD et les variables de proxy (HTTPS_PROXY,
HTTP_PROXY, ALL_PROXY, NO_PROXY).

Codes de sortie :
  0    rien au niveau de --fail-on ou au-dessus (pour diff : rien n’a empiré)
  1    constats à ce niveau ou au-dessus (pour diff : quelque chose a empiré)
  2    mauvais usage, catalogue, configuration ou sortie, ou défaut de wayclear
  3    incomplet : fin prématurée ou rien de testé, et rien qui impose 1
  130  interrompu ; le rapport partiel est écrit tout de même
Les résultats vont sur la sortie standard, tout le reste sur l’erreur standard.
Un lecteur qui ferme tôt la sortie standard n’arrête rien : le code de sortie
reste celui du jugement.

Pour en savoir plus : wayclear help SUJET
(${topics.join(', ')}).`),
});
