import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { completionScript, type Shell } from '../../src/cli/completion.ts';
import { commandNames, flags } from '../../src/cli/flags.ts';
import { formatsOf } from '../../src/cli/formats.ts';
import { schemaNames, shells, topicNames, usages } from '../../src/cli/usage.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { version } from '../../src/version.ts';
import { languageOf, languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';
import { wayclear } from './in-process.ts';

const complete = { features: ['tenant-attach'], causes: ['tls.inspection'] };

describe('completion', () => {
  it.each(shells)('for %s knows every command and flag, and closed lists of values', async (shell) => {
    const { code, stdout } = await wayclear(['completion', shell]);
    expect(code).toBe(0);
    for (const word of commandNames.flatMap((name) => name.split(' '))) expect(stdout).toContain(word);
    for (const { name } of flags) expect(stdout).toContain(shell === 'fish' ? `-l ${name}` : `--${name}`);
    for (const name of [...reporterNames, ...languages, 'tenant-attach', 'tls.inspection', 'usgov'])
      expect(stdout).toContain(name);
  });

  const checkers: Readonly<Record<Shell, readonly string[]>> = {
    bash: ['bash', '-n'],
    zsh: ['zsh', '-n'],
    fish: ['fish', '--no-execute'],
    powershell: ['pwsh', '-NoProfile', '-File'],
  };
  it.each(shells)('for %s is read by that shell, where it is here', (shell) => {
    const [program = '', ...args] = checkers[shell];
    const folder = mkdtempSync(join(tmpdir(), 'wayclear-completion-'));
    const file = join(folder, shell === 'powershell' ? 'complete.ps1' : 'complete');
    writeFileSync(file, completionScript(shell, complete, wordsOf('en').help));
    const { status, stderr, error } = spawnSync(program, [...args, file], { encoding: 'utf8', timeout: 20_000 });
    rmSync(folder, { recursive: true });
    if (error === undefined) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  const folder = mkdtempSync(join(tmpdir(), 'wayclear-completed-'));
  const scripts = mkdtempSync(join(tmpdir(), 'wayclear-scripts-'));
  mkdirSync(join(folder, 'other folder'));
  writeFileSync(join(folder, 'report.json'), '');
  const script = (shell: Shell): string => {
    const file = join(scripts, shell);
    writeFileSync(file, completionScript(shell, complete, wordsOf('en').help));
    return file;
  };
  afterAll(() => {
    for (const made of [folder, scripts]) rmSync(made, { recursive: true });
  });

  const said = (program: string, args: readonly string[]): readonly string[] | null => {
    const { stdout, error } = spawnSync(program, args, { encoding: 'utf8', cwd: folder, timeout: 20_000 });
    return error === undefined ? stdout.split('\n').filter((line) => line !== '') : null;
  };
  /** As readline has it, which takes words apart at what stands in `breaks`. */
  const byBash = (line: string, breaks = ' ="') =>
    said('bash', [
      '-c',
      `. "$0"; COMP_LINE="$1" COMP_POINT=\${#1} COMP_WORDBREAKS="$2"; _wayclear; printf '%s\\n' "\${COMPREPLY[@]}"`,
      script('bash'),
      line,
      breaks,
    ]);
  /** Null where fish is not here. Behind a tab stands what it says of an answer. */
  const byFish = (line: string) =>
    said('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script('fish'), line])?.map(
      (answer) => answer.split('\t')[0] ?? '',
    ) ?? null;

  const answers: readonly (readonly [string, readonly string[]])[] = [
    ['wayclear ten', ['tenant-attach']],
    ['wayclear explain tls.i', ['tls.inspection']],
    ['wayclear plan --off', ['--offline']],
    ['wayclear diagnose x --format tab', ['table']],
    ['wayclear allowlist --format s', ['squid']],
    ['wayclear allowlist --format tab', []],
    ['wayclear list --format sq', []],
    ['wayclear schema h', ['history']],
    ['wayclear store c', ['check', 'copy']],
    ['wayclear carry im', ['import']],
    ['wayclear carry import --tru', ['--trust']],
    ['wayclear carry key --tru', []],
    ['wayclear collect rev', ['revoke']],
    ['wayclear collect admit --lis', []],
    ['wayclear collect --lis', ['--listen']],
    ['wayclear watch --print sys', ['systemd']],
    ['wayclear diagnose rep', ['report.json']],
  ];
  it.each(answers)('in bash answers «%s» by %j', (line, words) => {
    expect(byBash(line)).toEqual(words);
  });
  it.each(answers)('in fish answers «%s» by %j, where it is here', (line, words) => {
    const given = byFish(line);
    if (given !== null) expect([...given].sort()).toEqual([...words].sort());
  });

  it('gives files behind a format, with their blanks', () => {
    expect(byBash('wayclear check --format json=rep')).toEqual(['report.json']);
    expect(byBash('wayclear check --format=json=rep')).toEqual(['report.json']);
    expect(byBash('wayclear check --format json=oth')).toEqual(['other folder']);
    expect(byBash('wayclear check --format json=rep', ' ')).toEqual(['json=report.json']);
    expect(byBash('wayclear check --format=jun', ' ')).toEqual(['--format=junit']);
    const given = byFish('wayclear check --format json=rep');
    if (given !== null) expect(given).toContain('json=report.json');
  });

  it.each(commandNames)('of %s has the formats and the words that its help names', async (command) => {
    const help = (await wayclear([...command.split(' '), '--help'])).stdout.replace(/\s+/g, ' ');
    const { words } = usages[command];
    for (const word of typeof words === 'string' ? [] : words) expect(help).toContain(`"${word}"`);
    if (!help.includes('--format')) return;
    const formats = byBash(`wayclear ${command} --format `);
    expect(formats).toEqual(formatsOf(command));
    for (const name of formats ?? []) expect(help).toContain(name);
    expect(help).toContain(`${formatsOf(command).at(-1)}. Default: ${formatsOf(command)[0]}.`);
  });

  it('of schema has all of them', () => {
    expect(byBash('wayclear schema ')?.slice(0, schemaNames.length)).toEqual(schemaNames);
  });
});

describe('help', () => {
  it.each(topicNames)('has the topic %s, in lines of 80 columns', async (topic) => {
    const { code, stdout } = await wayclear(['help', topic]);
    expect(code).toBe(0);
    expect(stdout.split('\n').length).toBeGreaterThan(8);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('names the topics for a word that is none, and says what it may have meant', async () => {
    const { code, stderr } = await wayclear(['help', 'exit-code']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/did you mean exit-codes\?\nTopics are exit-codes, environment, proxy, formats or catalog;/);
  });

  it('names formats and languages', async () => {
    const text = (await wayclear(['check', '--help'])).stdout.replace(/\s+/g, ' ');
    for (const name of reporterNames) expect(text).toContain(name);
    expect(text).toContain('It may be en, fr, ja or nl.');
    const topic = (await wayclear(['help', 'formats'])).stdout;
    for (const name of reporterNames) expect(topic).toMatch(new RegExp(`^  ${name}  +\\S`, 'm'));
  });
});

it('version prints what --version does', async () => {
  expect(await wayclear(['version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe('the language', () => {
  it.each([
    ['fr-FR', 'fr'],
    ['fr_FR.UTF-8', 'fr'],
    ['FR', 'fr'],
    ['ja_JP', 'ja'],
    ['nl@euro', 'nl'],
    ['C', null],
    ['POSIX', null],
    ['de_DE.UTF-8', null],
    ['', null],
  ])('of %j is %j', (text, lang) => expect(languageOf(text)).toBe(lang));

  const title = (lang: 'en' | 'fr' | 'ja' | 'nl'): string => wordsOf(lang).causes['dns.refused'].title;
  it.each([
    [['--lang', 'fr-FR'], {}, 'fr'],
    [[], { LANG: 'ja_JP.UTF-8' }, 'ja'],
    [[], { LANG: 'ja_JP.UTF-8', LC_MESSAGES: 'nl_NL' }, 'nl'],
    [[], { LANG: 'ja_JP.UTF-8', LC_ALL: 'C' }, 'en'],
    [['--lang', 'en'], { LANG: 'fr_FR' }, 'en'],
    [[], { LANG: 'xx' }, 'en'],
  ] as const)('by %j and %j is %s', async (args, env, lang) => {
    const { code, stdout } = await wayclear(['explain', 'dns.refused', ...args], { env });
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain(title(lang).replace(/\s+/g, ' '));
  });
});
