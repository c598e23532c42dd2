import type { ImportanceReasons } from '../importance-words.ts';

/** English is what the catalog says. */
export const importance: ImportanceReasons = {};
