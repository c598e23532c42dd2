/** What most text is made of, and needs nothing done to it. */
const plain = /^[ -~]*$/;

const controls = /[\u0000-\u001f\u007f-\u009f]/g;

/**
 * What nobody sees or what turns the order of reading: soft hyphen, joiners, fillers, bidirectional controls, invisible
 * operators, tags (all that Unicode lets a font leave out, but for the choice between emoji and text), line and paragraph
 * separators, interlinear annotation.
 */
const unseen = /(?![\ufe00-\ufe0f])[\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;

/** Marks that stand on one letter of any living script; more of them paint over the lines above and below. */
const floodOfMarks = /(\p{M}{4})(\p{M}+)/gu;

/**
 * What build servers take from a log for a command of their own: Azure Pipelines and GitHub anywhere in a line (`##vso[`,
 * `##[`), GitHub at its beginning as well, where wrapping may put any text.
 */
const buildCommands =
  /##(?=\[|vso\[)|::(?=(?:add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|notice|remove-matcher|save-state|set-env|set-output|stop-commands|warning)(?: [^:]*)?::)/gi;

const disarmed = (text: string): string =>
  text.replace(buildCommands, (found) => `${escaped(found.slice(0, 1))}${found.slice(1)}`);

const loneSurrogates = /\p{Cs}/gu;

const escaped = (text: string): string =>
  Array.from(text, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`).join('');

const bounded = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/**
 * Text from the network, a catalog or a PAC file, made fit to store and to show: C0 and C1 controls and lone surrogates
 * become U+FFFD, what can't be seen or turns the reading order an escape (`\u{202e}`), and so do marks beyond four on one
 * letter, and what begins a command of a build server. The length is bounded (in UTF-16 code units, an ellipsis marks the cut).
 */
export function harmless(text: string, max = 300): string {
  if (text.length <= max && plain.test(text) && !text.includes('##') && !text.includes('::')) return text;
  const shown = disarmed(bounded(text, max))
    .replace(controls, '\ufffd')
    .replace(unseen, escaped)
    .replace(floodOfMarks, (_, few: string, flood: string) => few + escaped(flood));
  return bounded(shown, max).replace(loneSurrogates, '\ufffd');
}

/** The characters of a text that JSON lets through and a terminal or an editor obeys or hides, as JSON's own escapes. */
export function escapedInJson(text: string): string {
  const units = (part: string): string =>
    Array.from({ length: part.length }, (_, at) => `\\u${part.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
  return text
    .replace(/[\u007f-\u009f]/g, units)
    .replace(unseen, units)
    .replace(/##(?=\[|vso\[)/gi, '\\u0023#');
}
