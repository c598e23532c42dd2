import { many } from './screen.ts';

/** English words of the page. */
export const page = {
  /** First words of the page: what can't be used, of how many tested, for how many causes. */
  verdict: (broken: number, tested: number, causes: number) =>
    `${broken} of ${many(tested, 'tested endpoint')} ${broken === 1 ? 'has' : 'have'} trouble${causes === 0 ? '' : `: ${many(causes, 'cause')}`}`,
  fine: (tested: number) =>
    tested === 1 ? 'The tested endpoint can be used' : `All ${tested} tested endpoints can be used`,
  skip: 'Skip to the endpoints',
  measured: 'Measured',
  machine: 'Machine',
  route: 'Route',
  feature: 'Feature',
  endpoints: 'Endpoints',
  matrix: 'Where the path breaks',
  /** Of those that got to a stage so many passed it; for those who hear the page. */
  passed: (passed: number, reached: number) => `${passed} of ${reached} passed`,
  notReached: 'not reached',
  search: 'Search',
  all: 'all',
  sort: 'Sort by',
  sorts: { verdict: 'verdict', host: 'host name', slowest: 'slowest first' },
  shown: 'Shown',
  steps:
    'Each bar shows the stages of the attempt that decided, in proportion. A longer bar took longer (by its logarithm).',
  chainsIntro: 'As the servers sent them, and the stores of this machine that hold the root at the end.',
  /** Above the root of a chain. */
  trustedBy: 'Trusted by',
  stores: {
    public: 'public roots',
    machine: 'this machine',
    extra: 'roots given by flag',
    catalog: 'roots of the catalog',
  },
  usedBy: 'Seen at',
  notSent: 'not sent',
  request: 'Request to file',
  print: 'Made by wayclear',
};
