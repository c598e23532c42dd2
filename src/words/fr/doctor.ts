import type { DoctorWords } from '../contract.ts';
import { phrase } from './spacing.ts';

/** French words of what `doctor` judges. */
export const doctor: DoctorWords = {
  verdict(wrong, look) {
    if (wrong + look === 0) return phrase`Rien ici ne fait obstacle ; wayclear check dit si le chemin le fait.`;
    const parts = [
      ...(wrong === 0 ? [] : [`${wrong} ${wrong === 1 ? 'défaut' : 'défauts'}`]),
      ...(look === 0 ? [] : [`${look} ${look === 1 ? 'point' : 'points'} à vérifier`]),
    ];
    return `${parts.join(', ')}.`;
  },
  history: 'Historique',
  windows: {
    account: 'Compte',
    accounts: {
      'local-system': 'Système local',
      'local-service': 'Service local',
      'network-service': 'Service réseau',
      other: 'un autre',
      unknown: 'inconnu',
    },
    suffixes: 'Suffixes DNS',
    rules: 'Règles de résolution de noms',
    servers: 'Serveurs des cartes réseau',
    sources: {
      policy: 'stratégie de groupe',
      local: 'cette machine',
      set: 'saisi à la main',
      dhcp: 'DHCP',
    },
    logs: 'Journaux du rôle',
    logsFrom: {
      registry: "d'après le registre",
      default: 'emplacement documenté par défaut',
    },
    notThere: 'absent',
    proven: "Ce qui interroge Windows, et jusqu'où c'est prouvé (rien ici n'a jamais tourné sous Windows même)",
    part: 'élément',
    proof: 'preuve',
    parts: {
      registry: 'registre',
      'code-pages': 'pages de codes',
      'hosts-file': 'fichier hosts',
      resolver: 'résolution du système',
      'name-policy': 'règles de résolution de noms',
      suffixes: 'suffixes DNS',
      'dns-servers': 'serveurs de noms des cartes',
      winhttp: 'WinHTTP',
      wininet: 'WinINET, de chaque compte',
      'proxy-policy': 'paramètres de proxy par stratégie',
      'certificate-stores': 'magasins de certificats',
      'role-logs': 'dossier des journaux du rôle',
      netsh: 'texte de netsh',
      account: 'compte',
      'disallowed-list': 'liste des certificats non approuvés',
      'event-log': 'journal des événements, pour les avis',
    },
    proofs: {
      wine: 'a tourné sous Wine',
      published: "lit une sortie telle que d'autres l'ont publiée",
      constructed: "lit une sortie construite d'après les documents",
    },
  },
  findings: {
    'own-roots': {
      what: 'Des certificats racines ne sont approuvés que pour ce compte',
      next: phrase`Le rôle travaille sous Système local et ne les approuve pas : les importer dans le magasin de la machine (Ordinateur local, Autorités de certification racines de confiance).`,
    },
    'other-account': {
      what: "Ce n'est pas le compte sous lequel le rôle travaille",
      next: phrase`Le rôle travaille sous Système local, avec ses propres paramètres de proxy et certificats : lancer wayclear sous ce compte (docs/windows.md).`,
    },
    'unknown-account': {
      what: 'Rien ici ne dit quel est ce compte',
      next: phrase`Le rôle travaille sous Système local, avec ses propres paramètres de proxy et certificats : \`whoami /user\` y dit S-1-5-18 (docs/windows.md).`,
    },
    pac: {
      what: 'Un fichier PAC décide pour chaque hôte',
      next: 'wayclear plan montre ce que répond un fichier local, wayclear check ce que répond un fichier distant.',
    },
    'proxy-mistakes': {
      what: 'Des paramètres de proxy contiennent des entrées sans effet, ou que les programmes lisent différemment',
      next: 'Corriger les entrées énumérées ci-dessous, là où elles sont définies.',
    },
    'no-resolver': {
      what: 'Aucun serveur de noms n’est défini',
      next: 'En indiquer un dans les paramètres réseau, ou donner --dns-server IP.',
    },
    'no-address': {
      what: 'Cette machine n’a aucune adresse sur un réseau',
      next: 'La connecter, et vérifier la carte réseau et son DHCP.',
    },
    'no-default-route': {
      what: phrase`Aucune route par défaut : seul le réseau de cette machine est accessible`,
      next: 'Définir la passerelle dans les paramètres réseau, sauf si un proxy de ce réseau mène à l’extérieur (--proxy).',
    },
    'store-unread': {
      what: 'Un magasin de certificats ne peut pas être lu, ou pas entièrement',
      next: 'Vérifier que son chemin existe et que ce compte a le droit de le lire.',
    },
    'store-empty': {
      what: 'Le magasin de certificats de cette machine est vide',
      next: 'Installer les racines publiques (ca-certificates sous Debian), ou permettre la mise à jour automatique des racines sous Windows.',
    },
    'no-sqlite': {
      what: 'Rien ici n’ouvre un historique SQLite, qu’il faut à watch, history et check --store',
      next: phrase`Prenez Node.js 22.13 ou plus récent, l’exécutable, ou ajoutez le paquet : npm install @photostructure/sqlite@1.2.1`,
    },
    'old-sqlite': {
      what: 'Ce SQLite est antérieur à 3.51.3 et peut endommager un historique que deux programmes ont ouvert',
      next: 'Mettez Node.js à jour, ou prenez l’exécutable.',
    },
  },
};
