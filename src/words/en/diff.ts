/** English words of the comparison. */
export const diff = {
  /** Nothing differs in so many targets. */
  same: (targets: number) => `No difference in ${targets} ${targets === 1 ? 'target' : 'targets'}`,
  worse: 'Something got worse',
  noWorse: 'Nothing that could be compared got worse',
  /** Targets and causes that were tested before and are not any more; a sentence of its own. */
  missing: (count: number) => `${count} tested before and not any more`,
  /** Headings, with what they count. */
  headings: { targets: 'Targets', causes: 'Causes' },
  /** Column. */
  change: 'Change',
  changes: {
    worse: 'worse',
    better: 'better',
    appeared: 'appeared',
    vanished: 'vanished',
    notCompared: 'not compared',
  },
  /** «2 worse», in a list of such. */
  counted: (count: number, change: string) => `${count} ${change}`,
  /** Who measured, and by which route, in the line of a report. */
  machine: (name: string) => `machine ${name}`,
  route: (routes: string) => `route ${routes}`,
  /** In front of targets that were reached by another route. */
  routeChange: 'Other route',
  /** In front of the targets of a verdict that they had. */
  was: (verdict: string) => `${verdict} before`,
};
