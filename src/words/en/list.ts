import type { ListWords } from '../list-words.ts';

/** English words of the overview of the catalog. */
export const list: ListWords = {
  columns: {
    feature: 'Feature',
    id: 'Id',
    critical: 'Critical',
    other: 'Other',
    needs: 'Needs --set',
    date: 'Document of',
  },
  more: 'wayclear list FEATURE: its endpoints and the documents that ask for them',
};
