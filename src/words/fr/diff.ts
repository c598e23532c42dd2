import type { DiffWords } from '../contract.ts';
import { compte } from './spacing.ts';

/** French words of the comparison. */
export const diff: DiffWords = {
  same: (targets) => `Aucune différence sur ${compte(targets, 'cible')}`,
  worse: 'La situation s’est aggravée',
  noWorse: 'Rien de ce qui a pu être comparé ne s’est aggravé',
  missing: (count) => (count < 2 ? `${count} testé avant ne l’est plus` : `${count} testés avant ne le sont plus`),
  headings: { targets: 'Cibles', causes: 'Causes' },
  change: 'Évolution',
  changes: {
    worse: 'aggravé',
    better: 'amélioré',
    appeared: 'apparu',
    vanished: 'disparu',
    notCompared: 'non comparé',
  },
  counted: (count, change) => `${change}\u00a0: ${count}`,
  machine: (name) => `machine ${name}`,
  route: (routes) => `chemin ${routes}`,
  routeChange: 'Autre chemin',
  was: (verdict) => `${verdict} avant`,
};
