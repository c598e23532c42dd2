import type { FleetWords } from './contract.ts';
import type { Language } from './language.ts';

/** Few runs need them: each is loaded when a fleet is told of in its language. */
const languages: Readonly<Record<Language, () => Promise<FleetWords>>> = {
  en: async () => (await import('./en/fleet.ts')).fleet,
  fr: async () => (await import('./fr/fleet.ts')).fleet,
  ja: async () => (await import('./ja/fleet.ts')).fleet,
  nl: async () => (await import('./nl/fleet.ts')).fleet,
};

export const loadFleetWords = (lang: Language): Promise<FleetWords> => languages[lang]();
