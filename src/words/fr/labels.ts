import type { Labels } from '../contract.ts';
import { duration } from '../duration.ts';
import { compte, phrase } from './spacing.ts';

/** French labels. */
export const labels: Labels = {
  punctuation: { colon: '\u00a0: ', stop: '. ', gap: ' ' },
  text: {
    rootCauses: 'Causes racines',
    evidence: 'Constats',
    remedies: 'À demander',
    alternatives: 'Également possible',
    affected: 'Concerne',
    shared: 'En commun',
    importance: 'Importance',
    checks: 'Contrôles de cette machine',
    detail: 'Détail',
    host: 'Hôte',
    port: 'Port',
    verdict: 'Verdict',
    possibleCause: 'Cause possible',
    status: "Message d'état",
    explainedBy: 'expliqué par',
    meaning: 'Signification',
    restsOn: 'Repose sur',
    experiment: 'Trancherait',
    explains: 'Expliqué par',
    cause: 'Cause',
    title: "Ce que c'est",
    target: 'Cible',
    before: 'Avant',
    after: 'Après',
    runtime: "Environnement d'exécution",
    platform: 'Plateforme',
    resolvers: 'Serveurs de noms',
    trustStores: 'Magasins de confiance',
    families: "Familles d'adresses",
    clock: 'Horloge',
    proxy: 'Proxy',
    limits: 'Limites',
    certificateAddresses: 'adresses dans les certificats',
    hello: 'ClientHello',
    rootUpdate: 'Mise à jour automatique des racines',
    documented: 'Documenté comme',
    document: 'Document source',
    store: 'Magasin',
    certificates: 'Certificats',
    readFrom: 'Lu dans',
    root: 'Certificat racine',
    state: 'État',
    validUntil: "Valide jusqu'au",
    untested: 'Non testé',
    details: 'Détails',
    chains: 'Chaînes de certificats',
    roots: 'Certificats racines',
    none: 'aucun',
    unknown: 'inconnu',
  },
  verdicts: { reachable: 'joignable', degraded: 'dégradé', unreachable: 'injoignable', untested: 'non testé' },
  severities: {
    critical: 'critique',
    error: 'erreur',
    warning: 'avertissement',
    informational: 'information',
  },
  confidences: { high: 'élevée', medium: 'moyenne', low: 'faible' },
  importances: { critical: 'critique', 'non-critical': 'non critique' },
  checkVerdicts: { pass: 'réussi', warn: 'avertissement', fail: 'échec', untested: 'non testé' },
  stages: { dns: 'nom', tcp: 'connexion', tunnel: 'tunnel proxy', tls: 'TLS', http: 'HTTP' },
  stageStates: { passed: 'réussi', failed: 'échoué', skipped: 'omis' },
  rootStates: {
    present: 'présent',
    absent: 'absent',
    expired: 'expiré',
    corrupt: 'falsifié',
    distrusted: 'interdit',
    unknown: 'inconnu',
  },
  routeSources: {
    flag: 'par option',
    environment: "par l'environnement",
    config: 'par le fichier de configuration',
    system: "par le système d'exploitation",
    pac: 'par le fichier PAC',
    default: 'par défaut',
  },
  rootUpdate: {
    on: 'active (Windows télécharge lui-même les racines manquantes)',
    off: 'inactive (les racines manquantes le restent)',
  },
  nothingTested: "Rien n'a été testé.",
  interruptedLate: "L'exécution a été interrompue avant que les causes des échecs ne soient départagées.",
  unanchored: "n'aboutit à aucune racine d'un magasin d'ici",
  defaultRun: 'exécution par défaut',
  legacy: 'ancien',
  certificateAddresses: phrase`listes de révocation, répondeurs OCSP et émetteurs nommés par les certificats reçus : 64 au plus, ports standard, rien d’interne sauf si celui qui les nomme s’y trouve`,
  machineResolvers: 'ceux de cette machine',
  clockUnchecked: phrase`seule une exécution peut la comparer : check le fait, avec les dates que les serveurs envoient`,
  duration,
  summary: ({ reachable, degraded, unreachable, untested }, ms) =>
    phrase`Cibles : ${compte(unreachable, 'injoignable')}, ${compte(degraded, 'dégradée')}, ${compte(reachable, 'joignable')}, ${compte(untested, 'non testée', 'non testées')} en ${duration(ms)}`,
  incomplete(tested, testable, because) {
    const why = {
      deadline: "l'échéance a mis fin à l'exécution",
      interrupted: "l'exécution a été interrompue",
      resources: 'cette machine manquait de ressources',
    }[because];
    return `${tested} sur ${testable} testées, ${why}.`;
  },
  leftOut(counts) {
    const parts = [
      counts['not-current'] > 0 ? phrase`${counts['not-current']} qui ne sont plus actuels` : '',
      counts['other-cloud'] > 0 ? phrase`${counts['other-cloud']} d’un autre cloud` : '',
      counts['other-role'] > 0 ? phrase`${counts['other-role']} d’un autre rôle` : '',
    ].filter((part) => part !== '');
    return phrase`Points de terminaison écartés : ${parts.join(', ')} (wayclear list les nomme).`;
  },
  more: (count) => (count < 2 ? `et ${count} autre` : `et ${count} autres`),
  targets: (count) => compte(count, 'cible'),
  fine: (reachable, untested) =>
    [
      ...(reachable === 0 ? [] : [compte(reachable, 'joignable')]),
      ...(untested === 0 ? [] : [compte(untested, 'non testée', 'non testées')]),
    ].join(', '),
  besides: (rest) => phrase`en outre : ${rest}`,
  confident: (confidence) => `confiance ${labels.confidences[confidence]}`,
  anchored: (subject, stores, validUntil) =>
    phrase`aboutit à ${subject} (dans : ${stores} ; valide jusqu'au ${validUntil})`,
  planned: (targets, probes, untested) =>
    phrase`${compte(targets, 'cible')} : ${compte(probes, 'sonde')} à envoyer, ${compte(untested, 'non testée', 'non testées')}. Rien n'a été envoyé.`,
  limits: (timeout, deadline, concurrency) =>
    `${timeout} par étape, ${deadline} pour toute l'exécution, ${compte(concurrency, 'cible')} à la fois`,
  catalog: (features, endpoints) =>
    `${compte(features, 'fonctionnalité')}, ${compte(endpoints, 'point de terminaison', 'points de terminaison')}`,
  serverName: (name) => `nom de serveur ${name}`,
  noServerName: 'pas de nom de serveur',
  defaultRoute: (has) =>
    has === null ? 'route par défaut inconnue' : has ? 'route par défaut' : 'pas de route par défaut',
  readFailed: (error) => phrase`illisible : ${error}`,
  secretsCut: (places) =>
    places === 1
      ? phrase`un endroit de la sortie contenait un secret de cette exécution et a été coupé ; merci de le signaler`
      : phrase`${places} endroits de la sortie contenaient un secret de cette exécution et ont été coupés ; merci de le signaler`,
  shortPassword:
    'le mot de passe a moins de quatre caractères et ne peut pas être retiré des textes : ce que dit le proxy est omis',
  demo: (right, all) => phrase`Serveurs diagnostiqués conformément à leur construction : ${right} sur ${all}.`,
};
