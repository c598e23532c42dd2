import { languages } from '../words/language.ts';
import { loadWords } from '../words/load.ts';
import { commandNames, groupNames, groupOf } from './flags.ts';
import { formatsOf } from './formats.ts';
import { groupText, helpText } from './help-text.ts';

/** Names and contents of files, one a language: the help of every command and group by its name, and the whole help by ''. */
export async function builtHelp(): Promise<readonly (readonly [string, string])[]> {
  return await Promise.all(
    languages.map(async (lang) => {
      const { help } = await loadWords(lang);
      const texts = [null, ...commandNames].map(async (name) => [name ?? '', await helpText(name, formatsOf, help)]);
      const groups = groupNames.map((word) => [word, groupText(groupOf(word), help)]);
      return [
        `help.${lang}.json`,
        JSON.stringify(Object.fromEntries([...(await Promise.all(texts)), ...groups])),
      ] as const;
    }),
  );
}
