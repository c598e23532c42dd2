/** Command lines of wayclear that stand in documents and examples. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root: string = join(import.meta.dirname, '..', '..');

/** Documents and examples that people copy from. */
export function copiedFiles(): readonly string[] {
  const below = (folder: string): readonly string[] =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(png|pyc)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  const folders = readdirSync(root).filter((name) => name === 'docs' || name === 'deploy');
  const own = readdirSync(root).filter((name) => ['README.md', 'CONTRIBUTING.md', 'action.yml'].includes(name));
  return [...own, ...folders.flatMap(below)].filter((file) => !file.endsWith('.1')).sort();
}

/** How wayclear is started, in front of its own words: through npm, by the runtime, by its path, or by its bare name where a command begins. */
const starts =
  /(?:\bnpx (?:--?\w+(?: "?[\w./$-]+"?)? )*wayclear|\bnpm start --|\bnode(?:\.exe)?(?:\\?["'])? "?[\w./\\:$]*dist[\\/]cli\.js"?|(?:^|[\s"'=])[\w./%{}$:\\-]*[\\/]wayclear(?:\.exe|\.cmd)?(?:\\?["'])?|(?:^|[;|&(] *|: |- )wayclear)(?= |$)/;

const stops = new Set(['|', '>', ';', '&', ')', '<', '`']);

/** The words of a shell line up to where the command ends. Nothing is expanded: a variable stays its name. */
export function shellWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
      else word = `${word ?? ''}${sign}`;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= '';
    } else if (sign === '$' && /[({]/.test(text[at + 1] ?? '')) {
      const close = text.startsWith('{{', at + 1) ? '}}' : text[at + 1] === '(' ? ')' : '}';
      const end = text.indexOf(close, at);
      const after = end < 0 ? text.length : end + close.length;
      word = `${word ?? ''}${text.slice(at, after)}`;
      at = after - 1;
    } else if (/\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (stops.has(sign) || (sign === '#' && word === null)) {
      // A number before it is that of a stream.
      if (sign === '>' && word !== null && /^\d$/.test(word)) word = null;
      break;
    } else word = `${word ?? ''}${sign}`;
  }
  return word === null ? words : [...words, word];
}

/** Code of a document: its fenced blocks; of any other file all of it, without remarks. */
function linesOf(file: string, text: string): readonly string[] {
  const joined = text.replace(/ [\\`^]\n\s*/g, ' ');
  if (!file.endsWith('.md')) return joined.split('\n').filter((line) => !/^\s*(#|\/\/|<!--|Write-Output)/.test(line));
  const blocks = [...joined.matchAll(/^```(\w*)\n(.*?)^```$/gms)].filter(([, language]) => language !== 'text');
  const spans = [...joined.replace(/^```.*?^```$/gms, '').matchAll(/`([^`\n]+)`/g)];
  return [...blocks.flatMap(([, , block = '']) => block.split('\n')), ...spans.map(([, span = '']) => span)];
}

export interface CommandLine {
  readonly file: string;
  readonly line: string;
  readonly words: readonly string[];
}

/** Each command line once. A line that speaks of the program without calling it has no words after it, or prose. */
export function commandLines(): readonly CommandLine[] {
  const found = new Map<string, CommandLine>();
  for (const file of copiedFiles()) {
    for (const line of linesOf(file, readFileSync(join(root, file), 'utf8'))) {
      const start = starts.exec(line.trim());
      if (start === null) continue;
      const words = shellWords(line.trim().slice(start.index + start[0].length));
      // Outside documents a bare name is a value, as in `name: wayclear`.
      if (words.length === 0 && !file.endsWith('.md')) continue;
      found.set(`${file} ${line}`, { file, line: line.trim(), words });
    }
  }
  return [...found.values()];
}
