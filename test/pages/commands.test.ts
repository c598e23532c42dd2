import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { parseArguments } from '../../src/cli/arguments.ts';
import { type CommandName, commandNames } from '../../src/cli/flags.ts';
import { formatRequests } from '../../src/cli/format-requests.ts';
import { formatsOf } from '../../src/cli/formats.ts';
import { resolveOptions } from '../../src/cli/options.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { wayclear } from '../cli/in-process.ts';
import { recorded } from '../report/recorded.ts';
import { type CommandLine, commandLines, shellWords } from './command-lines.ts';

const lines = commandLines();
const { features } = await loadCatalog();
/** Features of examples whose catalog the example brings along. */
const known = [...features.map(({ feature }) => feature), 'my-product'];

const commandOf = ({ words }: CommandLine): CommandName => commandNames.find((name) => name === words[0]) ?? 'check';
const label = ({ file, line }: CommandLine): string => `${file}: ${line}`;

describe('a command line in documents and examples', () => {
  it.each(lines.map((line) => [label(line), line] as const))('%s is one', async (_, { words }) => {
    // A word about the program, not a call: `wayclear diagnose` with nothing to diagnose.
    const speaksOf = words.length === 1 && ['diagnose', 'diff', 'completion'].includes(words[0] ?? '');
    const args = await parseArguments(speaksOf ? [...words, 'x', ...(words[0] === 'diff' ? ['y'] : [])] : words, 'en');
    if (args.kind === 'help') return;
    const { command, flags, words: what } = args;
    resolveOptions({
      command,
      what,
      flags: { source: 'flag', values: flags, where: (name) => `--${name}` },
      configs: [],
      env: {},
      formats: formatsOf(command),
    });
    if (!['check', 'plan', 'list', 'allowlist'].includes(command)) return;
    const asFeatures = what.filter((word) => /^[a-z][a-z0-9-]*$/.test(word));
    expect(asFeatures.filter((word) => !known.includes(word))).toEqual([]);
  });

  it('is found by the dozen', () => {
    expect(lines.length).toBeGreaterThan(100);
    expect(new Set(lines.map(({ file }) => file))).toContain('README.md');
  });
});

describe('the page about formats', () => {
  const rows = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'formats.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name, suffixes] = /^\| `([a-z-]+)` \|([^|]*)\|/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, suffixes: (suffixes ?? '').match(/\.[a-z]+/g) ?? [] }];
    });

  it('has a row for each', () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual(reporterNames.toSorted());
  });

  it('says which suffixes choose them', () => {
    const chosen = rows.flatMap(({ name, suffixes }) =>
      suffixes.map((suffix) => [
        name,
        formatRequests({ formats: [], json: false, file: `a${suffix}`, names: reporterNames })[0]?.name,
      ]),
    );
    for (const [name, format] of chosen) expect(format).toBe(name);
  });
});

/** What sends nothing, and needs no file but those below. */
const harmless: readonly CommandName[] = ['list', 'plan', 'allowlist', 'explain', 'diagnose', 'diff', 'schema'];
const runs = lines.filter(
  (line) =>
    harmless.includes(commandOf(line)) &&
    !/^docs\/(causes|catalog)/.test(line.file) &&
    !/[[/$…]|FEATURE|REPORT|http\.locked/.test(line.words.join(' ')),
);

describe('run beside a report, a command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wayclear-documented-'));
  const before = process.cwd();
  beforeAll(() => {
    process.chdir(folder);
    for (const name of ['report.json', 'before.json', 'after.json', 'berlin.json', 'paris.json', 'madrid.json'])
      writeFileSync(join(folder, name), JSON.stringify(recorded['dns-dead']()));
  });
  afterAll(() => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  });

  it.each(
    runs
      // What reads a store has none here.
      .filter(({ words }) => !words.includes('--store') && !words.includes('--at'))
      .filter(({ words }) => words.length > 1 || !['diagnose', 'diff'].includes(words[0] ?? ''))
      .map((line) => [label(line), line] as const),
  )('%s does it', async (_, { words }) => {
    const { code, stderr } = await wayclear(words, { cwd: folder });
    expect([0, 1], stderr).toContain(code);
  });
});

describe('the words of a shell line', () => {
  it.each([
    ["--proxy-user 'CORP\\svc' --set a=1 # why", ['--proxy-user', 'CORP\\svc', '--set', 'a=1']],
    ['diagnose "$dir/my report.json" 2>&1 | tail', ['diagnose', '$dir/my report.json']],
    ['--format json=$(Build.StagingDirectory)/r.json && next', ['--format', 'json=$(Build.StagingDirectory)/r.json']],
    ['schema catalog > catalog.json', ['schema', 'catalog']],
    [`--set x=$\{{ inputs.x }} y`, ['--set', `x=$\{{ inputs.x }}`, 'y']],
  ])('%s', (line, words) => {
    expect(shellWords(line)).toEqual(words);
  });
});
