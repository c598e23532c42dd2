import type { ServeWords } from '../contract.ts';

/** Dutch words of the page of a watch. */
export const serve: ServeWords = {
  title: (machine) => `Bewaking van ${machine}`,
  calm: 'Er staat niets open.',
  wrong: (open) => (open === 1 ? 'Er staat één incident open.' : `Er staan ${open} incidenten open.`),
  closing: (left) => `laatste controle schoon; sluit na ${left === 1 ? 'nog één' : `nog ${left}`}`,
  nothingYet: 'Er is nog geen controle vastgelegd.',
  lastLook: (at) => `Laatste controle ${at}`,
  late: (at) => `De laatste controle begon ${at}; de volgende is te laat.`,
  headings: {
    open: 'Nu open, en wat te vragen',
    timeline: 'Dertig dagen, functie voor functie',
    closed: 'Gesloten in de laatste dertig dagen',
    times: 'Tijden van de laatste controle per stap',
  },
  nobody: 'niemand keek',
  timeline: (feature, days) => `${feature}: het slechtste van elk van de laatste ${days} dagen`,
  times: (feature) => `${feature}: gemiddelde tijd van elke stap`,
  total: 'in totaal',
  report: 'Rapport van de laatste controle',
  noClosed: 'Er is geen gesloten.',
  languages: 'Talen',
};
