/** What a text of each format may look like, whatever the report holds: nothing of it is markup, a command or a line of its own. */

const isJson = (text: string): boolean => {
  JSON.parse(text);
  return true;
};
const everyLine =
  (pattern: RegExp) =>
  (text: string): boolean =>
    text
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)
      .every((line) => pattern.test(line));
/** Out of code spans, escapes taken off. */
const prose = (text: string): string => text.replace(/\\[!-/:-@[-`{-~]/g, '').replace(/(`+)[^`].*?\1(?!`)/g, '');
const isProse = (text: string): boolean => !/<[a-z!/?]|!\[|\]\(/i.test(prose(text));

const holds: Readonly<Record<string, (text: string) => boolean>> = {
  json: isJson,
  sarif: isJson,
  ndjson: (text) => text.trimEnd().split('\n').every(isJson),
  summary: (text) => isJson(text) && Buffer.byteLength(text) < 4001 && text.trimEnd().split('\n').length === 1,
  html: (text) =>
    (text.match(/<script/gi) ?? []).length <= 1 &&
    !/<(?:img|iframe|object|embed|form|base|link)\b|<[^>]+\son[a-z]+\s*=|javascript:/i.test(text),
  junit: (text) =>
    !/<(?!\?xml |\/?(?:testsuites?|testcase|failure|error|skipped|system-out)[ />])/.test(text) &&
    !/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text),
  github: everyLine(/^(?:::(?:error|warning|notice) title=[^:,]*::|wayclear: )/),
  azure: (text) =>
    everyLine(/^(?:##vso\[task\.logissue type=(?:error|warning);code=[^\];]*\]|##\[debug\]|wayclear: )/)(text) &&
    !/^(?!##vso).*##vso/m.test(text),
  csv: (text) => !/(?:^|,)"?[=+@\t-]/m.test(text),
  markdown: isProse,
  nagios: (text) => text.split('\n').every((line, index) => line.split('|').length === (index === 0 ? 2 : 1)),
  tap: everyLine(/^(?:TAP version 14|1\.\.\d+|(?:not )?ok \d+ - .*| {2}(?:---|\.\.\.)| {2}\w+:.*| {4}- .*)$/),
  prometheus: everyLine(/^(?:# (?:HELP|TYPE) wayclear_\w+ .*|wayclear_\w+(?:\{.*\})? -?[\d.]+(?:e[+-]\d+)?|)$/),
  cmtrace: everyLine(
    /^(?:<!\[LOG\[(?:(?!\]LOG\]).)*\]LOG\]!><time="[^"]*" date="[^"]*" component="\w+" context="" type="[123]" thread="1" file="wayclear">|)$/,
  ),
};

/** Throws where a text is not what its format lets it be. */
export function holdFormat(name: string, text: string): void {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text))
    throw new Error(`${name}: a control character`);
  if (text.includes('[native code]')) throw new Error(`${name}: what every object inherits`);
  if (holds[name]?.(text) === false) throw new Error(`${name}: text that is more than text`);
}
