/** The languages that every sentence is written in. */
export type Language = 'en' | 'fr' | 'ja' | 'nl';
