import type { ServeWords } from '../contract.ts';
import { phrase, spaced } from './spacing.ts';

/** French words of the page of a watch. */
export const serve: ServeWords = {
  title: (machine) => `Surveillance de ${machine}`,
  calm: 'Aucun incident n’est ouvert.',
  wrong: (open) => (open === 1 ? 'Un incident est ouvert.' : `${open} incidents sont ouverts.`),
  closing: (left) =>
    spaced(`dernier examen sans anomalie ; se ferme après ${left === 1 ? 'un autre' : `${left} autres`}`),
  nothingYet: 'Aucun examen n’a encore été enregistré.',
  lastLook: (at) => `Dernier examen ${at}`,
  late: (at) => phrase`Le dernier examen a commencé ${at} ; le suivant est en retard.`,
  headings: {
    open: 'Ouvert en ce moment, et ce qu’il faut demander',
    timeline: 'Trente jours, fonctionnalité par fonctionnalité',
    closed: 'Clos ces trente derniers jours',
    times: 'Durées du dernier examen par étape',
  },
  nobody: 'personne n’a examiné',
  timeline: (feature, days) => phrase`${feature} : le pire de chacun des ${days} derniers jours`,
  times: (feature) => phrase`${feature} : durée moyenne de chaque étape`,
  total: 'en tout',
  report: 'Rapport du dernier examen',
  noClosed: spaced('Aucun n’a été clos.'),
  languages: 'Langues',
};
