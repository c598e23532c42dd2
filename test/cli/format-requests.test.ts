import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allowListNames } from '../../src/allowlist/registry.ts';
import { formatRequests } from '../../src/cli/format-requests.ts';
import { main } from '../../src/cli/main.ts';
import { withLongNames } from '../../src/cli/short-names.ts';
import type { FormatRequest } from '../../src/cli/values.ts';
import { systemClock } from '../../src/clock.ts';
import { renderJson } from '../../src/report/json.ts';
import { reporterNames } from '../../src/report/registry.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { recorded } from '../report/recorded.ts';
import { freshEnding } from './in-process.ts';

const asked = (
  formats: readonly FormatRequest[],
  more: { json?: boolean; file?: string } = {},
  names = reporterNames,
) =>
  formatRequests({ formats, json: more.json ?? false, file: more.file ?? null, names }).map(
    ({ name, file }) => `${name}=${file ?? '-'}`,
  );
const table = { name: 'table', file: null };

describe('what is written where', () => {
  it.each<[string, readonly FormatRequest[], { json?: boolean; file?: string }, readonly string[]]>([
    ['nothing said', [], {}, ['table=-']],
    ['--json', [], { json: true }, ['json=-']],
    ['-o FILE takes the format of standard output', [{ name: 'csv', file: null }], { file: 'x.txt' }, ['csv=x.txt']],
    ['--json -o FILE', [], { json: true, file: 'x' }, ['json=x']],
    ['-o alone: the suffix chooses', [], { file: 'Report.JSON' }, ['json=Report.JSON']],
    ['-o beside formats with files', [{ name: 'csv', file: 'a' }], { file: 'b.md' }, ['csv=a', 'markdown=b.md']],
    ['-o - is standard output', [table], { file: '-' }, ['table=-']],
    ['-o /dev/stdout is standard output', [table], { file: '/dev/stdout' }, ['table=-']],
    ['-o /dev/fd/1 needs no suffix', [], { file: '/dev/fd/1' }, ['table=-']],
    ['a format with a file and nothing for standard output', [{ name: 'csv', file: 'a' }], {}, ['csv=a']],
  ])('%s', (_, formats, more, expected) => {
    expect(asked(formats, more)).toEqual(expected);
  });

  it.each([
    ['.json', 'json'],
    ['.ndjson', 'ndjson'],
    ['.xml', 'junit'],
    ['.sarif', 'sarif'],
    ['.tap', 'tap'],
    ['.md', 'markdown'],
    ['.csv', 'csv'],
    ['.prom', 'prometheus'],
    ['.log', 'cmtrace'],
    ['.txt', 'table'],
  ])('a name that ends in %s means %s', (suffix, name) => {
    expect(asked([], { file: `a${suffix}` })).toEqual([`${name}=a${suffix}`]);
  });

  it('means what the command can write', () => {
    expect(asked([], { file: 'rules.json' }, allowListNames)).toEqual(['azure-firewall=rules.json']);
    expect(asked([], { file: 'rules.pac' }, allowListNames)).toEqual(['pac=rules.pac']);
    expect(() => asked([], { file: 'a.xml' }, ['table', 'json'])).toThrow('--output: the name "a.xml" says no format');
  });

  it.each<[readonly FormatRequest[], { json?: boolean; file?: string }, string]>([
    [[], { file: 'report' }, '--output: the name "report" says no format'],
    [[table], { json: true }, '--format: two formats for standard output'],
    [[table, { name: 'csv', file: null }], { file: 'a.csv' }, '--format: two formats for standard output'],
    [[{ name: 'csv', file: 'a.csv' }], { file: 'a.csv' }, '--format: two formats for the file "a.csv"'],
  ])('%j with %j is refused', (formats, more, message) => {
    expect(() => asked(formats, more)).toThrow(expect.objectContaining({ name: 'UsageError', message }));
  });
});

describe('short names', () => {
  it.each([
    ['-q -v -o x', '--quiet --verbose --output x'],
    ['-qvo x', '--quiet --verbose --output x'],
    ['-ox.json -o=x', '--output=x.json --output=x'],
    ['-o -', '--output -'],
    ['-hV', '--help --version'],
    ['-x -qx', '-x -qx'],
    ['-- -q', '-- -q'],
    ['--format - a-b', '--format - a-b'],
  ])('%s is %s', (line, expected) => {
    expect(withLongNames(line.split(' ')).join(' ')).toBe(expected);
  });
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-formats-'));
  for (const name of ['healthy', 'half-blocked', 'incomplete'] as const)
    writeFileSync(join(folder, `${name}.json`), renderJson(recorded[name]()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function wayclear(line: string, env: Readonly<Record<string, string>> = {}) {
  const out = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof out) => ({
    isTTY: false,
    columns: null,
    write: async (text: string) => {
      out[name] += text;
    },
  });
  const code = await main({
    ...{ args: line.split(' '), env, cwd: folder, platform: process.platform, clock: systemClock },
    ...{ stdout: stream('stdout'), stderr: stream('stderr'), secrets: createSecrets() },
    ...{ readStdin: async () => '', ending: freshEnding() },
  });
  return { ...out, code };
}
const path = (name: string): string => join(folder, name);

describe('diagnose', () => {
  it('makes any format of a saved report', async () => {
    const saved = path('half-blocked.json');
    for (const name of reporterNames) {
      const { code, stdout, stderr } = await wayclear(`diagnose ${saved} --format ${name}`);
      expect([name, code, stderr]).toEqual([name, 1, '']);
      expect(stdout).not.toBe('');
    }
  });

  it('says in a line on standard error how it went where all goes to files', async () => {
    const { stdout, stderr, code } = await wayclear(`diagnose ${path('half-blocked.json')} -o ${path('a.xml')}`);
    expect([stdout, code]).toEqual(['', 1]);
    expect(stderr).toMatch(/^✗ 21 of 40 tested endpoints can't be used: .*\n$/);
    expect(readFileSync(path('a.xml'), 'utf8')).toContain('<testsuites');
    expect((await wayclear(`diagnose ${path('half-blocked.json')} --json`)).stderr).toBe('');
  });

  it('adds the summary of the step where the runner of GitHub names a file for it, behind what is there', async () => {
    const summary = path('summary.md');
    writeFileSync(summary, '# Before\n');
    const line = `diagnose ${path('half-blocked.json')} --format github`;
    const { stdout } = await wayclear(line, { GITHUB_STEP_SUMMARY: summary });
    expect(stdout).toMatch(/^::error title=/);
    expect(readFileSync(summary, 'utf8')).toMatch(/^# Before\n# 21 of 40 tested/);
    await wayclear(`diagnose ${path('half-blocked.json')}`, { GITHUB_STEP_SUMMARY: path('none.md') });
    expect(existsSync(path('none.md'))).toBe(false);
  });

  it.each([
    ['healthy.json', 0],
    ['half-blocked.json', 2],
    ['incomplete.json', 3],
    ['nowhere.json', 3],
  ])('of %s ends as a plugin of Nagios with %i', async (name, expected) => {
    expect((await wayclear(`diagnose ${path(name)} --format nagios --exit-codes nagios`)).code).toBe(expected);
  });

  it('lets no threshold stand beside the codes of a plugin', async () => {
    const { code, stderr } = await wayclear(`diagnose ${path('healthy.json')} --exit-codes nagios --fail-on never`);
    expect(stderr).toContain('--exit-codes nagios and --fail-on exclude each other');
    expect(code).toBe(3);
  });
});
