import type { ServeWords } from '../serve-words.ts';

/** English words of the page of a watch. */
export const serve: ServeWords = {
  title: (machine) => `Watch of ${machine}`,
  calm: 'Nothing is open.',
  wrong: (open) => (open === 1 ? 'One incident is open.' : `${open} incidents are open.`),
  nothingYet: 'No look was recorded yet.',
  lastLook: (at) => `Last look ${at}`,
  late: (at) => `The last look began ${at}; the next one is overdue.`,
  headings: {
    open: 'Open now, and what to ask for',
    timeline: 'Thirty days, feature by feature',
    closed: 'Closed in the last thirty days',
    times: 'Times of the last look by stage',
  },
  nobody: 'nobody looked',
  timeline: (feature, days) => `${feature}: the worst of each of the last ${days} days`,
  times: (feature) => `${feature}: mean time of each stage`,
  total: 'in all',
  report: 'Report of the last look',
  noClosed: 'None was closed.',
  languages: 'Languages',
};
