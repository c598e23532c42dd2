/** English words of the page of a watch. */
export const serve = {
  title: (machine: string) => `Watch of ${machine}`,
  /** First words where nothing is open, and where something is. */
  calm: 'Nothing is open.',
  wrong: (open: number) => (open === 1 ? 'One incident is open.' : `${open} incidents are open.`),
  /** Of one that the last look did not see: so many more looks without it close it. */
  closing: (left: number) => `last look clean; closes after ${left === 1 ? 'one more' : `${left} more`}`,
  nothingYet: 'No look was recorded yet.',
  lastLook: (at: string) => `Last look ${at}`,
  /** The watch did not look for too long. */
  late: (at: string) => `The last look began ${at}; the next one is overdue.`,
  headings: {
    open: 'Open now, and what to ask for',
    timeline: 'Thirty days, feature by feature',
    closed: 'Closed in the last thirty days',
    times: 'Times of the last look by stage',
  },
  /** Of a day of the timeline nobody looked. */
  nobody: 'nobody looked',
  timeline: (feature: string, days: number) => `${feature}: the worst of each of the last ${days} days`,
  times: (feature: string) => `${feature}: mean time of each stage`,
  total: 'in all',
  report: 'Report of the last look',
  noClosed: 'None was closed.',
  languages: 'Languages',
};
