/** Reporters are tested by themselves in every language; the program loads the one that is asked for. */
import { languages } from '../../src/words/language.ts';
import { loadWords } from '../../src/words/load.ts';

await Promise.all(languages.map(loadWords));
