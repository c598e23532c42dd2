import type { ListWords } from '../contract.ts';
import { phrase } from './spacing.ts';

/** French words of the overview of the catalog. */
export const list: ListWords = {
  columns: {
    feature: 'Fonction',
    id: 'Id',
    critical: 'Critiques',
    other: 'Autres',
    needs: 'Demande --set',
    date: 'Document du',
  },
  more: phrase`wayclear list FEATURE : ses points de terminaison et les documents qui les demandent`,
};
