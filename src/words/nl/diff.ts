import type { DiffWords } from '../contract.ts';

/** Dutch words of the comparison. */
export const diff: DiffWords = {
  same: (targets) => `Geen verschil in ${targets} ${targets === 1 ? 'doel' : 'doelen'}`,
  worse: 'Er is iets slechter geworden',
  noWorse: 'Niets dat vergeleken kon worden is slechter geworden',
  missing: (count) => `${count} eerder getest en nu niet meer`,
  headings: { targets: 'Doelen', causes: 'Oorzaken' },
  change: 'Verandering',
  changes: {
    worse: 'slechter',
    better: 'beter',
    appeared: 'nieuw',
    vanished: 'verdwenen',
    notCompared: 'niet vergeleken',
  },
  counted: (count, change) => `${count} ${change}`,
  machine: (name) => `machine ${name}`,
  route: (routes) => `route ${routes}`,
  routeChange: 'Andere route',
  was: (verdict) => `eerder ${verdict}`,
};
