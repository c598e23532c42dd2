import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wayclear as inProcess, type Written } from './in-process.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-main-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The command line in this process, its streams caught. */
const wayclear = (args: readonly string[]): Promise<Written> => inProcess(args, { cwd: folder });

describe('a mistake on the command line', () => {
  const mistakes: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown flag', ['--tiemout', '5s'], /^wayclear: unknown option --tiemout; did you mean --timeout\?$/],
    ['an unknown short flag', ['-x'], /^wayclear: unknown option -x$/],
    ['a flag of another command', ['list', '--timeout', '5s'], /--timeout is no option of list$/],
    ['an unknown feature', ['tenant-atach'], /unknown feature "tenant-atach"; did you mean "tenant-attach"\?$/],
    ['an unknown command', ['lits'], /unknown command or feature "lits"; did you mean wayclear list\?$/],
    [
      'an unknown feature of list',
      ['list', 'tenant-atach'],
      /unknown feature "tenant-atach"; did you mean "tenant-attach"\?$/,
    ],
    ['an unknown role of list', ['list', '--role', 'cleint'], /unknown role "cleint"; did you mean "client"\?$/],
    [
      'an unknown cause',
      ['explain', 'tls.inspektion'],
      /unknown cause "tls\.inspektion"; did you mean tls\.inspection\?$/,
    ],
    ['an unknown schema', ['schema', 'catalgo'], /unknown value "catalgo"; did you mean catalog\?$/],
    ['an unknown choice', ['--cloud', 'usgvo'], /--cloud: unknown value "usgvo"; did you mean usgov\?$/],
    ['an unknown format', ['--format', 'jsno'], /--format: unknown value "jsno"; did you mean json\?$/],
    ['an unknown language', ['--lang', 'xx'], /--lang: unknown value "xx"/],
    ['a number for a duration', ['--timeout', '10'], /--timeout: "10" is not a duration$/],
    ['a switch with a value', ['--offline=perhaps'], /--offline takes no value$/],
    ['a flag without its value', ['--timeout'], /--timeout needs a value$/],
    ['a misspelt proxy word', ['--proxy', 'drect'], /--proxy: "drect" is not a proxy; did you mean direct\?$/],
    ['a resolver that is a name', ['--dns-server', 'dns.example.com'], /is not the address of a resolver$/],
    ['two formats for standard output', ['--format', 'json', '--format', 'table'], /two formats for standard output$/],
    ['a missing file to diagnose', ['diagnose'], /diagnose: <report> is missing$/],
    ['a word too many', ['diff', 'a', 'b', 'c'], /diff: unexpected "c"$/],
    [
      'a report that is not there',
      ['diagnose', 'nowhere.json'],
      /can't read "nowhere\.json" \(no such file or folder\)$/,
    ],
    ['a catalog that is not there', ['--catalog', 'nowhere.json'], /nowhere\.json: cannot be read/],
    ['a CA file that is not there', ['--ca-file', 'nowhere.pem', '--offline'], /nowhere\.pem/],
    ['a configuration file that is not there', ['--config', 'nowhere.json'], /--config: can't read/],
    ['a targets file that is not there', ['--targets', 'nowhere.txt'], /--targets: can't read "nowhere\.txt"/],
    ['a password file that is not there', ['--proxy-user', 'u', '--proxy-password-file', 'nowhere'], /password file/],
    [
      'a fetched catalog offline',
      ['--offline', '--catalog', 'm365:worldwide'],
      /has to be fetched, and --offline sends no packet$/,
    ],
    ['escape codes in a word', ['\u001b[31m\r\nforged'], /^wayclear: /],
  ];
  it.each(mistakes)(
    '%s is told in one line and a hint, with exit code 2 and nothing on stdout',
    async (_, args, line) => {
      const { code, stdout, stderr } = await wayclear(args);
      const lines = stderr.split('\n');
      expect(lines[0]).toMatch(line);
      expect(lines).toHaveLength(3);
      expect(lines[1]?.trim()).not.toBe('');
      expect(lines[2]).toBe('');
      expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    },
  );

  it.each([
    ['a URL with a broken port', 'http://user:hunter2@proxy.example:99999'],
    ['a URL without a host', 'http://user:hunter2@'],
    ['a URL that is none', 'user:hunter2'],
    ['a PAC address with an account', 'pac+http://user:hunter2@pac.example/proxy.pac'],
    ['an unknown scheme', 'ftp://user:hunter2@proxy.example'],
  ])('a proxy password is never repeated: %s', async (_, value) => {
    const { code, stdout, stderr } = await wayclear(['--proxy', value, '--offline']);
    expect(code).toBe(2);
    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe('a configuration file', () => {
  const broken: readonly (readonly [string, string, RegExp])[] = [
    ['not JSON', '{', /: not JSON$/],
    ['a list', '[]', /: not a JSON object$/],
    ['an unknown key', '{"timout": "5s"}', /unknown key "timout"; did you mean "timeout"\?$/],
    ['a switch that is a text', '{"offline": "yes"}', /: \/offline: expected true or false, got "yes"$/],
    ['a value that is an object', '{"timeout": {}}', /: \/timeout: expected a duration such as .*, got an object$/],
    [
      'a wrong value',
      '{"timeout": "10"}',
      /: \/timeout: expected a duration such as 500ms, 10s or 2m, at most 1h, got "10"$/,
    ],
    ['itself', '{"config": "x"}', /unknown key "config"/],
  ];
  it.each(broken)('that holds %s is refused by name', async (_, text, line) => {
    const path = file('broken.json', text);
    const { code, stdout, stderr } = await wayclear(['--config', path, '--offline']);
    expect(stderr.split('\n')[0]).toMatch(/^wayclear: broken\.json: /);
    expect(stderr.split('\n')[0]).toMatch(line);
    expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 2, stdout: '', lines: 3 });
  });

  it('over a mebibyte is refused', async () => {
    const path = file('giant.json', ' '.repeat(1024 * 1024 + 1));
    const { code, stderr } = await wayclear(['--config', path, '--offline']);
    expect(stderr).toContain('is larger than 1024 KiB');
    expect(code).toBe(2);
  });
});

describe('the other commands', () => {
  it.each([
    ['list', ['list', 'tenant-attach'], 'aka.ms'],
    ['plan', ['plan', 'https://host.example.com/x'], 'server name host.example.com'],
    ['explain', ['explain'], 'tls.inspection'],
    ['doctor', ['doctor'], 'Trust stores'],
    ['schema', ['schema', 'catalog'], '"title": "wayclear catalog file"'],
  ] as const)('%s answers on stdout and exits with 0', async (_, args, text) => {
    const { code, stdout, stderr } = await wayclear(args);
    expect(stdout).toContain(text);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it.each([
    ['plan', 'not in this cloud: console, '],
    ['check', '- not in this cloud: console, '],
  ])('%s --cloud names the features that have nothing there', async (command, said) => {
    const there = await wayclear([command, '--cloud', 'usgov', '--offline', '--proxy', 'direct']);
    expect(there.stdout).toContain(said);
    const here = await wayclear([command, '--offline', '--proxy', 'direct']);
    expect(here.stdout).not.toContain('not in this cloud');
  });

  it.each(['en', 'fr', 'ja', 'nl'])('list gives a pipe a line a feature in %s', async (lang) => {
    const { stdout } = await wayclear(['list', '--lang', lang]);
    const { features } = JSON.parse((await wayclear(['list', '--json'])).stdout) as { features: readonly object[] };
    expect(stdout.split('\n').indexOf('') - 2).toBe(features.length);
  });

  it.each([['list'], ['plan'], ['explain'], ['doctor']])('%s gives JSON too', async (command) => {
    const { code, stdout } = await wayclear([command, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1 });
    expect(code).toBe(0);
  });
});

describe('the help', () => {
  it.each([[['--help']], [['-h']], [['help']], [['check', '--help']], [['help', 'diff']], [['list', '-h']]])(
    '%j fits 80 columns and tells the exit codes',
    async (args) => {
      const { code, stdout } = await wayclear(args);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(stdout).toMatch(/Exit codes:\n {2}0 /);
      expect(code).toBe(0);
    },
  );
});
