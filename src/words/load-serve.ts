import type { ServeWords } from './contract.ts';
import type { Language } from './language.ts';

/** Few runs need them: each is loaded when a page is asked for in its language. */
const languages: Readonly<Record<Language, () => Promise<ServeWords>>> = {
  en: async () => (await import('./en/serve.ts')).serve,
  fr: async () => (await import('./fr/serve.ts')).serve,
  ja: async () => (await import('./ja/serve.ts')).serve,
  nl: async () => (await import('./nl/serve.ts')).serve,
};

export const loadServeWords = (lang: Language): Promise<ServeWords> => languages[lang]();
