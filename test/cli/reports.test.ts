import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openOutputs } from '../../src/cli/deliver.ts';
import { createEnding } from '../../src/cli/ending.ts';
import type { Io } from '../../src/cli/io.ts';
import { openReports, type Reports } from '../../src/cli/reports.ts';
import { systemClock } from '../../src/clock.ts';
import type { Observations } from '../../src/model/observations.ts';
import { createCredentialGuard } from '../../src/proxy/lockout.ts';
import { type ReportParts, reportStart } from '../../src/report/assemble.ts';
import { renderNdjson } from '../../src/report/ndjson.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { wordsOf } from '../../src/words/load.ts';
import { diagnosis, observation, observations, report, target, verdict } from '../report/fixtures.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-reports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hosts = ['a.example.com', 'b.example.com', 'c.example.com'].map((host, index) => target(`lab/${index}`, host));
const seen: Observations = observations(hosts, { probes: hosts.map((host) => observation(host)) });
const judged = diagnosis(
  11410,
  hosts.map(({ id }) => verdict(id, 'reachable')),
);
const options = { what: [], timeout: '10s' };
const parts: ReportParts = { observations: seen, diagnosis: judged, words: wordsOf('en'), options, version: '0.0.0' };
const whole = report(seen, judged);

async function reportsOf(
  formats: readonly { readonly name: string; readonly file: string | null }[],
  write: (text: string) => Promise<void>,
): Promise<{ readonly reports: Reports; readonly stderr: string[] }> {
  const stderr: string[] = [];
  const io: Io = {
    args: [],
    env: {},
    cwd: folder,
    platform: 'linux',
    clock: { now: () => 0, wall: () => 0 },
    stdout: { isTTY: false, columns: null, write },
    stderr: {
      isTTY: false,
      columns: null,
      write: (text) => {
        stderr.push(text);
      },
    },
    secrets: createSecrets(),
    guard: createCredentialGuard(),
    readStdin: async () => '',
    ending: createEnding(systemClock),
  };
  const outputs = await openOutputs(io, { lang: 'en', verbose: false, quiet: false, colour: null, formats });
  return { reports: await openReports(outputs), stderr };
}

/** Tells the reports of a run of all hosts, and calls `between` after each. */
function tellRun(reports: Reports, between: () => void = () => {}): void {
  reports.onStart?.(reportStart(seen, parts), hosts.length);
  hosts.forEach((host, index) => {
    reports.onTarget?.(host, [observation(host)], index + 1, hosts.length);
    between();
  });
}

const typesOf = (text: string): readonly string[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { type: string }).type);

describe('the reports of a run', () => {
  it('that stream have each record out as its target ends, the others only when the run is over', async () => {
    const stdout: string[] = [];
    const formats = [
      { name: 'ndjson', file: null },
      { name: 'json', file: 'a.json' },
    ];
    const { reports } = await reportsOf(formats, async (text) => void stdout.push(text));
    const after: number[] = [];
    tellRun(reports, () => after.push(stdout.length));
    expect(after).toEqual([2, 3, 4]);
    expect(readdirSync(folder).filter((name) => name === 'a.json')).toEqual([]);
    expect(await reports.end(parts)).toBe(true);
    expect(typesOf(stdout.join(''))).toEqual([
      ...['run', 'measured', 'measured', 'measured', 'target', 'target', 'target'],
      ...typesOf(renderNdjson(whole)).slice(4),
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'a.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(whole)));
  });

  it('that stream say in pieces what the same reporter says of the whole', async () => {
    const { reports } = await reportsOf([{ name: 'ndjson', file: 'a.ndjson' }], async () => {});
    tellRun(reports);
    await reports.end(parts);
    const lines = readFileSync(join(folder, 'a.ndjson'), 'utf8').split('\n');
    expect(lines.filter((line) => !line.startsWith('{"type":"measured"')).join('\n')).toBe(renderNdjson(whole));
  });

  it('go to each of several outputs of one format', async () => {
    const formats = ['a.ndjson', 'b.ndjson'].map((file) => ({ name: 'ndjson', file }));
    const { reports } = await reportsOf(formats, async () => {});
    tellRun(reports);
    await reports.end(parts);
    const [one = '', other] = formats.map(({ file }) => readFileSync(join(folder, file), 'utf8'));
    expect(typesOf(one).filter((type) => type === 'target')).toHaveLength(3);
    expect(other).toBe(one);
  });

  it('that can not be written are told once, at the end, and the others are whole', async () => {
    const formats = [
      { name: 'ndjson', file: null },
      { name: 'ndjson', file: 'a.ndjson' },
    ];
    let tries = 0;
    const { reports, stderr } = await reportsOf(formats, async () => {
      tries += 1;
      throw Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' });
    });
    tellRun(reports);
    await new Promise((resolve) => setImmediate(resolve));
    expect(stderr).toEqual([]);
    expect(await reports.end(parts)).toBe(false);
    expect(stderr).toEqual(['wayclear: the ndjson output failed: ENOSPC: no space\n']);
    expect(tries).toBe(4);
    expect(typesOf(readFileSync(join(folder, 'a.ndjson'), 'utf8')).at(-1)).toBe('summary');
  });

  it('of which one can not make a record cost no other, nor the run', async () => {
    const formats = [
      { name: 'ndjson', file: 'a.ndjson' },
      { name: 'json', file: 'a.json' },
    ];
    const { reports, stderr } = await reportsOf(formats, async () => {});
    const [host] = hosts;
    // What JSON can't hold.
    reports.onTarget?.({ ...host, url: 1n } as never, [], 1, hosts.length);
    expect(await reports.end(parts)).toBe(false);
    expect(stderr.join('')).toMatch(/^wayclear: the ndjson output for a\.ndjson failed: TypeError: .*BigInt/);
    expect(readdirSync(folder)).toEqual(['a.json']);
  });
});
