import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgress } from '../../src/cli/progress.ts';
import type { Target } from '../../src/model/plan.ts';
import { wordsOf } from '../../src/words/load.ts';
import { recorded } from '../report/recorded.ts';
import { wayclear } from './in-process.ts';

let folder = '';
let report = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayclear-summary-'));
  report = join(folder, 'report.json');
  writeFileSync(report, JSON.stringify(recorded['dns-dead']('en')));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the summary line', () => {
  it('is all that --quiet leaves of the screen', async () => {
    const { code, stdout, stderr } = await wayclear(['diagnose', report, '--quiet']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toMatch(
      /^✗ \d+ of \d+ tested endpoints can't be used: one cause, .*status message 11412 \(error\)$/m,
    );
    expect(stderr).toBe('');
    expect(code).toBe(1);
  });

  it.each([[[]], [['--quiet']]])('goes to standard error where all output goes to files (%j)', async (more) => {
    const file = join(folder, 'out.json');
    const { stdout, stderr } = await wayclear([
      'diagnose',
      report,
      '--format',
      `json=${file}`,
      '--lang',
      'nl',
      ...more,
    ]);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^✗ \d+ van \d+ geteste eindpunten onbruikbaar: één oorzaak, .*\n$/);
  });
});

describe('the progress line', () => {
  it('shows phase, number and time within the width, and leaves nothing', () => {
    let written = '';
    let now = 0;
    const write = (text: string): void => {
      written += text;
    };
    const stderr = { isTTY: true, columns: 40, write };
    const clock = { now: () => now, wall: () => 0 };
    const io = { stderr, env: {}, clock } as unknown as Parameters<typeof startProgress>[0];
    const progress = startProgress(io, { quiet: false, lang: 'ja' });
    now = 3400;
    const target = { host: `${'a'.repeat(60)}.example.com` } as Target;
    progress.onTarget?.(target, [], 3, 9);
    expect(written).toContain(`${wordsOf('ja').screen.phases.measure} 3/9  3.0 秒  aaa`);
    expect(written).not.toContain('example');
    progress.end();
    expect(written.endsWith('\r\u001b[2K')).toBe(true);
  });
});
