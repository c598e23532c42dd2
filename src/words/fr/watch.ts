import type { WatchWords } from '../contract.ts';
import { phrase } from './spacing.ts';

/** French words of watches, their history and their incidents. */
export const watch: WatchWords = {
  kinds: {
    opened: 'ouvert',
    worse: 'aggravé',
    closed: 'fermé',
    unwatched: 'plus surveillé',
    reminder: 'toujours ouvert',
    unstable: 'instable',
    changed: 'changement',
    silent: 'silence',
    'maintenance-ended': 'maintenance finie',
  },
  states: { suspected: 'vu une fois', open: 'ouvert', closed: 'fermé' },
  unstable: 'va et vient',
  subjects: {
    issuer: 'émetteur du certificat',
    root: 'racine de la chaîne',
    'certificate-end': 'fin du certificat',
    addresses: 'réseaux du nom',
    catalog: 'ce que demandent les documents',
    proxy: 'proxy de cette machine',
    resolver: 'résolveurs de cette machine',
  },
  lookKinds: {
    watch: 'surveillance',
    again: 'de nouveau',
    check: 'à la main',
    carried: 'apporté',
    collected: 'collecté',
    late: 'tardif',
  },
  watching: (machine, store, every) =>
    phrase`Surveillance de ${machine}, intervalle ${every} ; l’historique est dans ${store}.`,
  serving: (address) => phrase`La page est à ${address}`,
  next: (at) => `prochain examen ${at}`,
  overlap: phrase`Une autre surveillance de cette machine travaille sur cet historique, sur la même chose ou sur une autre ; celle-ci n’a pas regardé.`,
  stopped: 'La surveillance est terminée.',
  held: (count) =>
    count < 2 ? `${count} avis attend la fin de la fenêtre` : `${count} avis attendent la fin de la fenêtre`,
  waiting: (trouble) => phrase`pas encore enregistré, nouvel essai à venir : ${trouble}`,
  oldCatalog: (trouble) => phrase`le catalogue du dernier examen reste valable : ${trouble}`,
  olderCatalog: (url, features) =>
    phrase`le catalogue de ${url} est plus ancien que celui d’ici, rien n’est signalé de : ${features}`,
  undelivered: (way, why, final) =>
    phrase`avis non remis par ${way} : ${why} ; ${final ? 'il est abandonné' : 'nouvel essai plus tard'}`,
  whyNot: {
    status: (status) => `statut ${status}`,
    exit: (code) => `il s’est terminé avec ${code}`,
    signal: (signal) => `il a été arrêté par ${signal}`,
    'proxy-status': (status) => `le proxy répond avec le statut ${status}`,
    'proxy-account': () => 'le proxy demande un compte (statut 407)',
    'proxy-refused': () =>
      'le proxy refuse le compte, qui n’est pas renvoyé avant un autre mot de passe ou une demi-heure',
    'account-refused': (status) =>
      `le serveur refuse le compte (statut ${status}), qui n’est pas renvoyé avant une demi-heure`,
    'account-unasked': () => 'le serveur ne demande aucun compte de ce type, qui n’est donc pas envoyé',
    'account-held': () =>
      'le compte a été refusé, ou rien n’a montré qu’il est bon, et il n’est pas renvoyé avant une demi-heure',
    'connection-ended': () => 'la connexion s’est terminée',
    failed: () => 'échec',
    TimeoutError: () => 'rien n’est venu à temps',
    ENOENT: () => 'ce programme n’existe pas',
  },
  restart:
    'Si le point de connexion de service utilise ce qui a changé, redémarrez SMS_EXECUTIVE sur le serveur qui porte le rôle.',
  moved: phrase`Si le rôle est passé d’une de ces machines à l’autre : renouvelez les clés secrètes des locataires Microsoft Entra dans la console, puis redémarrez-y SMS_EXECUTIVE.`,
  open: (count) => (count < 2 ? `${count} ouvert` : `${count} ouverts`),
  noneOpen: 'Rien n’est ouvert',
  looks: (count, from, to) =>
    count < 2 ? `${count} examen du ${from} au ${to}` : `${count} examens du ${from} au ${to}`,
  noLooks: 'Aucun examen n’est encore enregistré.',
  nothingMatches: 'Rien de ce qui est enregistré ne correspond.',
  since: (at, lasted) => `depuis ${at} (${lasted})`,
  lasted: (ms) => {
    const minutes = Math.max(1, Math.round(ms / 60_000));
    if (minutes < 120) return `${minutes} min`;
    return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} j`;
  },
  columns: {
    time: 'heure',
    kind: 'genre',
    opened: 'ouvert',
    closed: 'fermé',
    lasted: 'durée',
    hosts: 'hôtes',
    feature: 'fonctionnalité',
    days: '30 jours',
    reached: 'atteint',
    times: 'durées',
    proxy: 'proxy',
  },
  headings: {
    open: 'Ouverts',
    closed: 'Fermés',
    features: 'Fonctionnalités, jour par jour',
    targets: 'Cibles, examen par examen',
    looks: 'Derniers examens',
  },
  evidenceThen: 'alors',
  evidenceNow: 'maintenant',
  sound: (engine, size, looks) => phrase`sain : ${engine}, ${size}, ${looks} examen${looks < 2 ? '' : 's'}`,
  copied: (rows) => (rows < 2 ? `${rows} ligne copiée` : `${rows} lignes copiées`),
};
