import type { CollectWords } from './contract.ts';
import type { Language } from './language.ts';

/** Few runs need them: each is loaded when something is collected or sent in its language. */
const languages: Readonly<Record<Language, () => Promise<CollectWords>>> = {
  en: async () => (await import('./en/collect.ts')).collect,
  fr: async () => (await import('./fr/collect.ts')).collect,
  ja: async () => (await import('./ja/collect.ts')).collect,
  nl: async () => (await import('./nl/collect.ts')).collect,
};

export const loadCollectWords = (lang: Language): Promise<CollectWords> => languages[lang]();
