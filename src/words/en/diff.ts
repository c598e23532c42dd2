import type { DiffWords } from '../diff-words.ts';

/** English words of the comparison. */
export const diff: DiffWords = {
  same: (targets) => `No difference in ${targets} ${targets === 1 ? 'target' : 'targets'}`,
  worse: 'Something got worse',
  noWorse: 'Nothing that could be compared got worse',
  missing: (count) => `${count} tested before and not any more`,
  headings: { targets: 'Targets', causes: 'Causes' },
  change: 'Change',
  changes: {
    worse: 'worse',
    better: 'better',
    appeared: 'appeared',
    vanished: 'vanished',
    notCompared: 'not compared',
  },
  counted: (count, change) => `${count} ${change}`,
  machine: (name) => `machine ${name}`,
  route: (routes) => `route ${routes}`,
  routeChange: 'Other route',
  was: (verdict) => `${verdict} before`,
};
