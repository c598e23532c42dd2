import type { PageWords } from '../contract.ts';
import { compte } from './spacing.ts';

/** French words of the page. */
export const page: PageWords = {
  verdict: (broken, tested, causes) =>
    `${broken} sur ${compte(tested, 'point de terminaison testé', 'points de terminaison testés')} en difficulté${causes === 0 ? '' : `\u00a0: ${compte(causes, 'cause')}`}`,
  fine: (tested) =>
    tested === 1
      ? 'Le point de terminaison testé est utilisable'
      : `Les ${tested} points de terminaison testés sont tous utilisables`,
  skip: 'Aller aux points de terminaison',
  measured: 'Mesuré le',
  machine: 'Machine',
  route: 'Chemin',
  feature: 'Fonctionnalité',
  endpoints: 'Points de terminaison',
  matrix: 'Là où le chemin se rompt',
  passed: (passed, reached) => `${passed} sur ${reached} réussis`,
  notReached: 'non atteint',
  search: 'Rechercher',
  all: 'tous',
  sort: 'Trier par',
  sorts: { verdict: 'verdict', host: 'nom d’hôte', slowest: 'le plus lent d’abord' },
  shown: 'Affichés',
  steps:
    'Chaque barre montre, en proportion, les étapes de la tentative décisive. Une barre plus longue a duré plus longtemps (échelle logarithmique).',
  chainsIntro:
    'Telles que les serveurs les ont envoyées, et les magasins de cette machine qui contiennent la racine finale.',
  trustedBy: 'Approuvée par',
  stores: {
    public: 'racines publiques',
    machine: 'cette machine',
    extra: 'racines données par option',
    catalog: 'racines du catalogue',
  },
  usedBy: 'Vue chez',
  notSent: 'non envoyé',
  request: 'Demande à déposer',
  print: 'Produit par wayclear',
};
