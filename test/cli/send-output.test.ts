import { expect, it } from 'vitest';
import { wayclear } from './in-process.ts';

it.each([[[]], [['--json']], [['--format', 'ndjson']], [['-o', '-']]])(
  'messages share standard output with no report: %j',
  async (more) => {
    const { code, stderr, stdout } = await wayclear(['check', '--send', '-', ...more]);
    expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ code: 2, stdout: '', lines: 2 });
    expect(stderr).toContain('messages and the report would share standard output');
  },
  60_000,
);
