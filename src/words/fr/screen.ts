import type { ScreenWords } from '../contract.ts';
import { compte, phrase } from './spacing.ts';

const points = (count: number): string => (count < 2 ? 'point de terminaison' : 'points de terminaison');

/** French words of the screen. */
export const screen: ScreenWords = {
  typed: 'Adresses que vous avez indiquées',
  ofHosts: (hosts, all) => `(${hosts} hôtes sur ${all})`,
  fields: {
    affected: 'Concerne',
    shared: 'Commun',
    evidence: 'Constats',
    remedies: 'À faire',
    alternatives: 'Ou bien',
    untested: 'Non testés',
    leftOut: 'Écartés',
    wildcards: 'Génériques',
    next: 'Ensuite',
  },
  comma: ', ',
  verdict(unreachable, degraded, tested) {
    const part = degraded === 0 ? '' : `, ${degraded} avec des difficultés`;
    if (unreachable > 0) {
      return `${unreachable} ${points(unreachable)} sur ${tested} testés ${unreachable < 2 ? 'inutilisable' : 'inutilisables'}${part}`;
    }
    const all =
      tested < 2
        ? 'Le point de terminaison testé est utilisable'
        : `Les ${tested} points de terminaison testés sont utilisables`;
    return `${all}${part}`;
  },
  causes: (count) => (count === 1 ? 'une cause' : `${count} causes`),
  notTested: (count) => compte(count, 'non testé', 'non testés'),
  status: (messageId, severity) => `message d'état ${messageId} (${severity})`,
  grade: (severity, confidence) => `${severity}, confiance ${confidence}`,
  hosts: (count) => compte(count, 'hôte'),
  hostsIn: (count, domain) => `${compte(count, 'hôte')} dans ${domain}`,
  inDomain: (count, domain) => `${count} dans ${domain}`,
  columns: {
    feature: 'Fonctionnalité',
    cause: 'Cause',
    dns: 'DNS',
    tcp: 'Connexion',
    tunnel: 'Proxy',
    tls: 'TLS',
    http: 'HTTP',
  },
  unlike: 'Lignes divergentes',
  moreRows: (count) => `et ${compte(count, 'autre ligne', 'autres lignes')} (--verbose)`,
  untestedBecause(code, count) {
    const why = {
      'no-witness': 'sans hôte connu à essayer',
      udp: 'en UDP, que rien ne peut sonder ici',
      family: "d'une famille d'adresses désactivée",
      deadline: "non atteints avant l'échéance (--deadline)",
      interrupted: "non atteints avant l'interruption",
      resources: 'faute de sockets, de ports ou de mémoire (--concurrency)',
      offline: 'exécution hors ligne (--offline)',
      inside: 'noms internes, qui n’ont pas été transportés',
    };
    return `${count} ${why[code]}`;
  },
  needs: (count, option) => `${count} tant que ${option} manque`,
  leftOut: (count) => `${count} (wayclear list FEATURE les nomme)`,
  elsewhere: (features) => phrase`absents de ce cloud : ${features}`,
  wildcards: (patterns, reached, tried) =>
    phrase`${reached} témoins sur ${tried} joints, ${compte(patterns, 'motif')} non prouvable${patterns < 2 ? '' : 's'}`,
  phases: { measure: 'mesure', experiments: 'départage des causes' },
  next: {
    request: 'la demande aux responsables, prête à envoyer',
    explain: "ce que cela signifie, et que tenter d'autre",
    verbose: 'chaque ligne, étape, adresse et certificat',
  },
};
