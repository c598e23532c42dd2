import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validatorOf } from '../model/validator.ts';
import { ensureBuilt, type Started, start, wayclear } from './program.ts';

interface Line {
  readonly type: string;
  readonly id?: string;
  readonly verdict?: string;
  readonly stages?: unknown;
}

let folder = '';
let origin: Server;
/** Answers to `/held` that were asked for and not given. */
let held: ServerResponse[] = [];
const url = (path: string): string => `http://127.0.0.1:${(origin.address() as AddressInfo).port}${path}`;
const lines = (text: string): readonly Line[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

beforeAll(async () => {
  ensureBuilt();
  folder = mkdtempSync(join(tmpdir(), 'wayclear-ndjson-'));
  origin = createServer((request, response) => {
    if (request.url === '/held') held.push(response);
    else response.end('hello');
  });
  await new Promise<void>((resolve) => origin.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  origin.closeAllConnections();
  origin.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Resolves with what the program has written by the time that it holds a record of this type. */
function seen({ child }: Started, type: string): Promise<readonly Line[]> {
  let text = '';
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk: string) => {
      text += chunk;
      const known = lines(text.slice(0, text.lastIndexOf('\n') + 1));
      if (known.some((line) => line.type === type)) resolve(known);
    });
  });
}

describe('ndjson', () => {
  it('has the record of a target out while another one is still measured', async () => {
    held = [];
    const run = start([url('/'), url('/held'), '--format', 'ndjson']);
    // Nobody answers the second target before this record was read.
    const early = await seen(run, 'measured');
    expect(early.map(({ type }) => type)).toEqual(['run', 'measured']);
    expect(early[1]?.id).not.toContain('held');
    while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    held[0]?.end('at last');
    const { code, stdout } = await run.ended;
    const all = lines(stdout);
    expect(all.map(({ type }) => type).filter((type) => type !== 'check')).toEqual([
      'run',
      'measured',
      'measured',
      'target',
      'target',
      'summary',
    ]);
    expect(code).toBe(0);
  });

  it('says of each target in the end what it said at once, and the verdict', async () => {
    const { stdout } = await wayclear([url('/'), url('/b'), 'http://127.0.0.1:1/', '--format', 'ndjson']);
    const all = lines(stdout);
    const targets = all.filter(({ type }) => type === 'target');
    const measured = all.filter(({ type }) => type === 'measured');
    expect(measured).toHaveLength(3);
    for (const one of measured)
      expect(targets.find(({ id }) => id === one.id)).toMatchObject({ ...one, type: 'target' });
    expect(measured.some((one) => 'verdict' in one || 'findings' in one)).toBe(false);
    expect(targets.map(({ verdict }) => verdict)).toEqual(['reachable', 'reachable', 'unreachable']);
  });

  it('is described by the schema, line by line', async () => {
    const problems = validatorOf('report', 'record');
    const { stdout } = await wayclear([url('/'), 'http://127.0.0.1:1/', '--format', 'ndjson']);
    for (const line of lines(stdout)) expect(problems(line)).toEqual([]);
  });

  it('judges as the json report of the same run does', async () => {
    const path = join(folder, 'same.json');
    const { stdout } = await wayclear([
      url('/'),
      'http://127.0.0.1:1/',
      '--format',
      'ndjson',
      '--format',
      `json=${path}`,
    ]);
    const report = JSON.parse(readFileSync(path, 'utf8')) as Record<string, readonly object[]>;
    const of = (type: string): readonly object[] => lines(stdout).filter((line) => line.type === type);
    expect(of('target')).toEqual(report['targets']?.map((target) => ({ type: 'target', ...target })));
    expect(of('rootCause')).toEqual(report['rootCauses']?.map((root) => ({ type: 'rootCause', ...root })));
    expect(of('check')).toEqual(report['checks']?.map((check) => ({ type: 'check', ...check })));
    expect(of('summary')).toMatchObject([{ summary: report['summary'], status: report['status'] }]);
  });

  it('in a file is there when it is whole, and the old one until then', async () => {
    const path = join(folder, 'run.ndjson');
    writeFileSync(path, 'old');
    held = [];
    const run = start([url('/'), url('/held'), '--format', `ndjson=${path}`, '--format', 'ndjson']);
    await seen(run, 'measured');
    expect(readFileSync(path, 'utf8')).toBe('old');
    while (held.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    held[0]?.end();
    const { stdout } = await run.ended;
    expect(readFileSync(path, 'utf8')).toBe(stdout);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('of an interrupted run is partial and ends with a summary that says so', async () => {
    held = [];
    const run = start([url('/'), url('/held'), '--format', 'ndjson']);
    await seen(run, 'measured');
    run.child.kill('SIGINT');
    const { code, stdout } = await run.ended;
    expect(lines(stdout).at(-1)).toMatchObject({ type: 'summary', ended: 'interrupted' });
    expect(lines(stdout).filter(({ type }) => type === 'target')).toHaveLength(2);
    expect(code).toBe(130);
  });

  it('that can not be written ends with exit code 2 and says which, the other output is whole', async () => {
    if (!existsSync('/dev/full')) return;
    const { code, stdout, stderr } = await wayclear([url('/'), '--format', 'ndjson=/dev/full', '--format', 'ndjson']);
    expect(stderr).toMatch(/^wayclear: the ndjson output for \/dev\/full failed: ENOSPC/);
    expect(lines(stdout).at(-1)?.type).toBe('summary');
    expect(code).toBe(2);
  });
});
