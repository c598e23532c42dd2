/** What shows that a sentence is English. */

/** English words that no sentence of the others has but in what is {@link bare not theirs}. */
const englishWords =
  'the this that these those with from which have has does did not are were be been by for and its can cannot must should would when where what why how you your nothing nobody it their them there give expected unknown'.split(
    ' ',
  );
export const english = new RegExp(`(?<!\\p{L})(?:${englishWords.join('|')})(?!\\p{L})`, 'iu');

/** A text without arguments, code, quotations of code, addresses, options, names in capitals and names of products. */
export function bare(text: string): string {
  return text
    .replace(/‹[^›]*›|`[^`]*`|"[^"]*"|\{ .* \}|<\w+>/g, '')
    .replace(/\b[a-z][\w+]*:\/\/\S*|--[a-z0-9-]+|\bm365:/g, '')
    .replace(/\bwayclear(?: [a-z]+)?|\bDefender for Endpoint\b|\b[\w-]*\.[\w.-]+\b/g, '')
    .replace(
      /\b[A-Z][A-Z0-9_-]+\b|\b(?:true|false|null|again|small-hello|altered|other|same|answers|refuses|ms)\b/g,
      '',
    );
}
