/** Reporters are tested by themselves in every language; the program loads the one that is asked for. */
import { languages } from '../src/diagnose/words/labels.ts';
import { loadWords } from '../src/diagnose/words/languages.ts';

await Promise.all(languages.map(loadWords));
