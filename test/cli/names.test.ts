import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completionScript, type Shell, shells } from '../../src/cli/completion.ts';
import { commandNames, flags } from '../../src/cli/flags.ts';
import { topicNames } from '../../src/cli/usage.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { version } from '../../src/version.ts';
import { languageOf, languages } from '../../src/words/language.ts';
import { wordsOf } from '../../src/words/load.ts';
import { wayclear } from './in-process.ts';

const complete = { formats: ['table', 'json'], features: ['tenant-attach'], causes: ['tls.inspection'] };

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

  it('in bash gives the features to a run and the formats to --format', () => {
    const script = completionScript('bash', complete, wordsOf('en').help);
    const words = (line: string): readonly string[] => {
      const typed = line.split(' ');
      const set = `COMP_WORDS=(${typed.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${typed.length - 1}`;
      const { stdout } = spawnSync('bash', ['-c', `${script}\n${set}; _wayclear; printf '%s\\n' "\${COMPREPLY[@]}"`], {
        encoding: 'utf8',
        cwd: tmpdir(),
      });
      return stdout.trim().split('\n');
    };
    expect(words('wayclear ten')).toEqual(['tenant-attach']);
    expect(words('wayclear diagnose x --format ta')).toEqual(['table']);
    expect(words('wayclear explain tls.i')).toEqual(['tls.inspection']);
    expect(words('wayclear plan --off')).toEqual(['--offline']);
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
