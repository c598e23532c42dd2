import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { printedSchema } from '../../src/cli/commands/printed-schemas.ts';
import type { FleetReport } from '../../src/model/fleet.ts';
import type { Report } from '../../src/model/report.ts';
import { displayWidth, longestPiece } from '../../src/report/wrap.ts';
import { languages } from '../../src/words/language.ts';
import { loadFleetWords } from '../../src/words/load-fleet.ts';
import { hostile, nasty } from '../report/fixtures.ts';
import { recorded } from '../report/recorded.ts';
import { wayclear } from './in-process.ts';

let folder = '';
const files: Record<string, string> = {};

/** A recorded run as another machine's of a site. */
function save(name: string, report: Report, more: Partial<Report> = {}): string {
  const file = join(folder, `${name}.json`);
  const machine = { name, account: 'SYSTEM', addresses: [`10.${name.length}.0.7`] };
  writeFileSync(file, JSON.stringify({ ...report, machine, ...more }));
  files[name] = file;
  return file;
}

const dead = (): Report => recorded['dns-dead']('en');
const fine = (): Report => recorded.healthy('en');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-fleet-'));
  save('aix-1', fine(), { labels: { site: 'Aix' } });
  save('bonn-1', dead(), { labels: { site: 'Bonn' } });
  save('bonn-02', dead(), { labels: { site: 'Bonn' } });
  const strange = hostile();
  save('strange', strange, { labels: { [nasty]: nasty, site: nasty } });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const of = (...names: readonly string[]): readonly string[] => names.map((name) => files[name] ?? name);

describe('diagnose of several reports', () => {
  it('says what explains all of them, for eyes', async () => {
    const { code, stdout, stderr } = await wayclear(['diagnose', ...of('aix-1', 'bonn-1', 'bonn-02')]);
    expect(stderr).toBe('');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ 2 of 3 machines have findings, which one cause explains$/m);
    expect(stdout).toMatch(/^ {2}Machines +2: bonn-02, bonn-1$/m);
    expect(stdout).toMatch(/^ {2}Where +everything with /m);
    expect(stdout).toMatch(/^ {2}Ask +the owner of DNS$/m);
  });

  it('writes the shape that the schema says', async () => {
    const { code, stdout } = await wayclear(['diagnose', ...of('aix-1', 'bonn-1', 'bonn-02'), '--format', 'json']);
    const validate = new Ajv2020({ strict: true, validateFormats: false }).compile(
      JSON.parse(printedSchema('fleet')) as object,
    );
    const answer = JSON.parse(stdout) as FleetReport;
    expect(validate(answer), JSON.stringify(validate.errors)).toBe(true);
    expect(answer.explanations).toHaveLength(1);
    expect(answer.explanations[0]).toMatchObject({ scope: 'group', machines: ['bonn-02', 'bonn-1'], owner: 'dns' });
    expect(code).toBe(1);
  });

  it('counts a report that comes twice once', async () => {
    const once = await wayclear(['diagnose', ...of('aix-1', 'bonn-1'), '--json']);
    const twice = await wayclear(['diagnose', ...of('aix-1', 'bonn-1', 'bonn-1', 'aix-1'), '--json']);
    const { reports, ...answer } = JSON.parse(twice.stdout) as FleetReport;
    expect(reports).toEqual({ read: 4, twice: 2, nameless: 0 });
    expect({ ...(JSON.parse(once.stdout) as FleetReport), reports }).toEqual({ ...answer, reports });
  });

  it('takes nameless reports as machines of their own', async () => {
    save('nameless', dead(), { machine: null });
    const { stdout } = await wayclear(['diagnose', ...of('nameless', 'nameless', 'aix-1'), '--json']);
    expect((JSON.parse(stdout) as FleetReport).reports).toEqual({ read: 3, twice: 1, nameless: 1 });
  });

  it('names no machine with --anonymous, and still tells them apart', async () => {
    const { stdout } = await wayclear(['diagnose', ...of('aix-1', 'bonn-1', 'bonn-02'), '--json', '--anonymous']);
    expect(stdout).not.toMatch(/bonn-|aix-1|SYSTEM/);
    expect((JSON.parse(stdout) as FleetReport).explanations[0]?.machines).toEqual(['#2', '#3']);
  });

  it('has no other format, and says so before it reads', async () => {
    const { code, stderr } = await wayclear(['diagnose', 'nowhere.json', 'neither.json', '--format', 'html']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^wayclear: diagnose: html is a format of one report, not of several$/m);
  });

  it('ends with 2 for a file that is none, and writes nothing', async () => {
    const { code, stdout, stderr } = await wayclear(['diagnose', ...of('aix-1'), join(folder, 'gone.json')]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/gone\.json/);
  });

  it.each(languages)('speaks %s, and lets no text from a report reach the terminal as it is', async (lang) => {
    for (const more of [[], ['--verbose']]) {
      const args = ['diagnose', ...of('aix-1', 'bonn-1', 'bonn-02', 'strange'), '--lang', lang, ...more];
      const { stdout } = await wayclear(args, { columns: 80 });
      const fleet = await loadFleetWords(lang);
      expect(stdout).toContain(fleet.headings.requests);
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|undefined|\[object/);
      for (const line of stdout.split('\n')) {
        if (displayWidth(line) > 80) expect(displayWidth(line)).toBeLessThanOrEqual(longestPiece(line) + 24);
      }
    }
  });

  it('says nothing of one language in another', async () => {
    const said = await Promise.all(
      languages.map(async (lang) => {
        const { facts, headings, scopes, owners } = await loadFleetWords(lang);
        const args = {
          trait: 'T',
          title: 'C',
          failing: 2,
          fine: 3,
          count: 4,
          machines: 5,
          cause: 'tcp.dropped',
        } as never;
        return [
          ...Object.values(facts).map((make) => (make as (args: never) => string)(args)),
          ...Object.values(headings),
          ...Object.values(scopes),
          ...Object.values(owners),
        ];
      }),
    );
    const all = said.flat();
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('--label', () => {
  it('stays in the report', async () => {
    const { stdout } = await wayclear([
      '--offline',
      '--json',
      '--label',
      'site=Köln Süd',
      '--label',
      'rack=7',
      'a.example',
    ]);
    expect((JSON.parse(stdout) as Report).labels).toEqual({ site: 'Köln Süd', rack: '7' });
    const file = join(folder, 'labelled.json');
    writeFileSync(file, stdout);
    const again = await wayclear(['diagnose', file, '--json']);
    expect((JSON.parse(again.stdout) as Report).labels).toEqual({ site: 'Köln Süd', rack: '7' });
    const records = await wayclear(['diagnose', file, '--format', 'ndjson']);
    expect(JSON.parse(records.stdout.split('\n')[0] ?? '')).toMatchObject({ labels: { site: 'Köln Süd', rack: '7' } });
  });

  it('is left out where nobody says any', async () => {
    const { stdout } = await wayclear(['--offline', '--json', 'a.example']);
    expect(JSON.parse(stdout)).not.toHaveProperty('labels');
  });

  it.each([
    ['site', /"site" is not NAME=VALUE/],
    ['=x', /is not NAME=VALUE/],
    ['a b=x', /is not NAME=VALUE/],
    ['site=', /is not NAME=VALUE/],
    ['site=a\u202eb', /is not NAME=VALUE/],
    [`site=${'x'.repeat(101)}`, /is not NAME=VALUE/],
  ])('refuses %s', async (text, expected) => {
    const { code, stderr } = await wayclear(['--offline', '--label', text, 'a.example']);
    expect(code).toBe(2);
    expect(stderr).toMatch(expected);
  });

  it('refuses two values of one name, and more than sixteen', async () => {
    const two = await wayclear(['--offline', '--label', 'site=a', '--label', 'site=b', 'a.example']);
    expect(two.stderr).toMatch(/--label: site is set to two values/);
    const many = Array.from({ length: 17 }, (_, index) => ['--label', `n${index}=x`]).flat();
    expect((await wayclear(['--offline', ...many, 'a.example'])).stderr).toMatch(/more than 16 labels/);
  });
});
