/** What is written, and where: `--format`, `--json` and `--output` made into one list. Pure. */
import { UsageError } from '../usage-error.ts';
import { type FormatRequest, isStandardOutput, quoted } from './values.ts';

/** What a file's name ends in, and the formats it may stand for: the first that the command can write. */
const suffixes: readonly (readonly [string, readonly string[]])[] = [
  ['.json', ['json', 'azure-firewall']],
  ['.ndjson', ['ndjson']],
  ['.jsonl', ['ndjson']],
  ['.txt', ['table', 'edl']],
  ['.html', ['html']],
  ['.htm', ['html']],
  ['.xml', ['junit']],
  ['.sarif', ['sarif']],
  ['.tap', ['tap']],
  ['.md', ['markdown']],
  ['.csv', ['csv']],
  ['.prom', ['prometheus']],
  ['.log', ['cmtrace']],
  ['.conf', ['squid']],
  ['.pac', ['pac']],
];

/** The formats of a command that a suffix chooses, with the suffix. */
function chosenBySuffix(formats: readonly string[]): readonly (readonly [string, string])[] {
  return suffixes.flatMap(([suffix, candidates]) => {
    const name = candidates.find((candidate) => formats.includes(candidate));
    return name === undefined ? [] : [[suffix, name] as const];
  });
}

function formatFor(file: string, formats: readonly string[]): string {
  const known = chosenBySuffix(formats);
  const match = known.find(([suffix]) => file.toLowerCase().endsWith(suffix));
  if (match !== undefined) return match[1];
  throw new UsageError('option.no-format', { file: quoted(file), suffixes: known.map(([suffix]) => suffix) });
}

interface Wanted {
  /** Of `--format`, as given. */
  readonly formats: readonly FormatRequest[];
  readonly json: boolean;
  /** Of `--output`; null: not given. */
  readonly file: string | null;
  /** Names of the formats that the command can write, the default first. */
  readonly names: readonly string[];
}

/**
 * `--json` is one more format. `--output` takes what would go to standard output, and where nothing would, what its suffix
 * says. Without any of them the default goes to standard output.
 */
export function formatRequests({ formats, json, file, names }: Wanted): readonly FormatRequest[] {
  const all = [...formats, ...(json ? [{ name: 'json', file: null }] : [])];
  const here = all.filter((format) => format.file === null);
  if (here.length > 1) {
    throw new UsageError('option.two-formats', { name: here[0]?.name ?? '' });
  }
  if (file === null || isStandardOutput(file))
    return checked(all.length === 0 ? [{ name: names[0] ?? 'table', file: null }] : all);
  if (here.length === 0) return checked([...all, { name: formatFor(file, names), file }]);
  return checked(all.map((format) => (format.file === null ? { ...format, file } : format)));
}

function checked(formats: readonly FormatRequest[]): readonly FormatRequest[] {
  const files = formats.flatMap((format) => (format.file === null ? [] : [format.file]));
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new UsageError('option.same-file', { file: quoted(twice) });
  return formats;
}
