import type { ListWords } from '../contract.ts';

/** Dutch words of the overview of the catalog. */
export const list: ListWords = {
  columns: {
    feature: 'Functie',
    id: 'Id',
    critical: 'Kritiek',
    other: 'Overige',
    needs: 'Vraagt --set',
    date: 'Document van',
  },
  more: 'wayclear list FEATURE: de eindpunten ervan en de documenten die ze vragen',
};
