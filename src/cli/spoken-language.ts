import { type Language, languageOf, languageOfMachine } from '../words/language.ts';

/** The language to speak before a command line is understood, and its words without `--lang`: the last that is one counts. */
export function languageOfArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { readonly lang: Language; readonly others: readonly string[] } {
  const others: string[] = [];
  let lang: Language | null = null;
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    const value = word === '--lang' ? args[at + 1] : word.startsWith('--lang=') ? word.slice(7) : undefined;
    const chosen = value === undefined ? null : languageOf(value);
    lang = chosen ?? lang;
    if (chosen === null) others.push(word);
    else if (word === '--lang') at += 1;
  }
  return { lang: lang ?? languageOfMachine(env), others };
}
