import type { PageWords } from '../contract.ts';

/** Dutch words of the page. */
export const page: PageWords = {
  verdict: (broken, tested, causes) =>
    `${broken} van ${tested} ${tested === 1 ? 'getest eindpunt heeft' : 'geteste eindpunten'}${tested === 1 ? '' : broken === 1 ? ' heeft' : ' hebben'} problemen${causes === 0 ? '' : `: ${causes} ${causes === 1 ? 'oorzaak' : 'oorzaken'}`}`,
  fine: (tested) =>
    tested === 1 ? 'Het geteste eindpunt is bruikbaar' : `Alle ${tested} geteste eindpunten zijn bruikbaar`,
  skip: 'Naar de eindpunten',
  measured: 'Gemeten',
  machine: 'Machine',
  route: 'Route',
  feature: 'Functie',
  endpoints: 'Eindpunten',
  matrix: 'Waar de weg ophoudt',
  passed: (passed, reached) => `${passed} van ${reached} geslaagd`,
  notReached: 'niet bereikt',
  search: 'Zoeken',
  all: 'alle',
  sort: 'Sorteren op',
  sorts: { verdict: 'oordeel', host: 'hostnaam', slowest: 'traagste eerst' },
  shown: 'Getoond',
  steps:
    'Elke balk toont de stappen van de beslissende poging, naar verhouding. Een langere balk duurde langer (logaritmische schaal).',
  chainsIntro:
    'Zoals de servers ze stuurden, en de certificaatarchieven van deze machine die het rootcertificaat bevatten.',
  trustedBy: 'Vertrouwd door',
  stores: {
    public: 'openbare roots',
    machine: 'deze machine',
    extra: 'roots per optie',
    catalog: 'roots van de catalogus',
  },
  usedBy: 'Gezien bij',
  notSent: 'niet meegestuurd',
  request: 'Aanvraag om in te dienen',
  print: 'Gemaakt door wayclear',
};
