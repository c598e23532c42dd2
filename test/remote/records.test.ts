import { describe, expect, it } from 'vitest';
import { createRecordReader } from '../../src/remote/records.ts';
import { UsageError } from '../../src/usage-error.ts';
import { version } from '../../src/version.ts';
import { recordsOf, reportOf } from './sent.ts';

const report = reportOf('half-reachable');
const { start, measured, observations, summary } = recordsOf(report);

interface Heard {
  readonly starts: unknown[];
  readonly measured: string[];
}

function read(...chunks: readonly (string | Buffer)[]) {
  const heard: Heard = { starts: [], measured: [] };
  const reader = createRecordReader('scp01', {
    onStart: (run, targets) => heard.starts.push({ ...run, targets }),
    onMeasured: ({ id }, done, total) => heard.measured.push(`${id} ${done}/${total}`),
  });
  for (const chunk of chunks) reader.take(Buffer.from(chunk));
  return { heard, result: reader.end(), progress: reader.progress(), stray: reader.stray() };
}

describe('records of another machine', () => {
  const whole = [start, ...measured, observations, summary].join('');

  it('are heard as they come, and give what is judged', () => {
    const { heard, result } = read(whole);
    expect(heard.starts).toMatchObject([{ schema: 1, tool: { version }, targets: report.targets.length }]);
    expect(heard.measured).toHaveLength(report.targets.length);
    expect(result).toEqual({ observations: report.observations, machine: report.machine });
  });

  it('may come in any pieces', () => {
    const bytes = Buffer.from(whole);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) => bytes.subarray(at * 7, at * 7 + 7));
    expect(read(...pieces).result?.observations).toEqual(report.observations);
  });

  it('come after what a shell prints first', () => {
    const { result, stray } = read('Welcome to scp01\n', whole);
    expect(result).not.toBeNull();
    expect(stray).toBe('Welcome to scp01');
  });

  it('are not whole without the last one', () => {
    expect(read(start, ...measured, observations).result).toBeNull();
    expect(read(start, ...measured, observations).progress).toEqual({
      done: report.targets.length,
      total: report.targets.length,
    });
    expect(read('').progress).toBeNull();
  });

  const changed = (line: string, change: object): string =>
    `${JSON.stringify({ ...(JSON.parse(line) as object), ...change })}\n`;
  it.each([
    [
      'another version',
      [changed(start, { tool: { name: 'wayclear', version: '0.0.1' } })],
      /wayclear 0\.0\.1 \(report schema 1\), here is/,
    ],
    ['another schema', [changed(start, { schema: 2 })], /\(report schema 2\), here is .* \(report schema 1\)/],
    ['no version', [changed(start, { tool: null })], /has wayclear null/],
    ['a record before the run', [measured[0] ?? ''], /no record of wayclear/],
    ['a second run', [start, start], /no record of wayclear/],
    ['more targets than there are', [start, ...measured, measured[0] ?? ''], /no record of wayclear/],
    ['a target after the observations', [start, observations, measured[0] ?? ''], /no record of wayclear/],
    ['a summary without observations', [start, summary], /no record of wayclear/],
    ['anything after the last', [whole, summary], /no record of wayclear/],
    ['words between', [start, 'hello\n'], /no record of wayclear: "hello"/],
    [
      'observations of another shape',
      [start, changed(observations, { observations: { plan: 1 } })],
      /no record of wayclear: "observations\//,
    ],
    [
      'a target of another shape',
      [start, changed(measured[0] ?? '{}', { port: 'x' })],
      /no record of wayclear: "measured\/port"/,
    ],
    ['a key twice', [start.replace('{', '{"type":"run",')], /no record of wayclear/],
    ['nesting without end', [`{"type":${'['.repeat(5000)}\n`], /no record of wayclear/],
    ['a long line', [`{"type":"run","x":"${'x'.repeat(1_100_000)}`], /more than any report holds/],
    ['a long greeting', ['x'.repeat(1000).concat('\n').repeat(70)], /no record of wayclear/],
    ['a greeting without an end', ['x'.repeat(1_100_000)], /more than any report holds/],
  ])('are refused with %s', (_, chunks, told) => {
    const run = (): unknown => read(...chunks);
    expect(run).toThrow(UsageError);
    expect(run).toThrow(told);
  });

  it('are refused where there are more than any report holds', () => {
    const chunk = Buffer.alloc(16 * 1024 * 1024, 0x20);
    const chunks = Array.from({ length: 17 }, () => chunk);
    expect(() => read(start, '{"type":"observations","x":"', ...chunks)).toThrow(/more than any report holds/);
  });

  it('are told without what a terminal would obey', () => {
    const text = ((): string => {
      try {
        read('{"type":"\u001b]0;x\u0007\u202e"}\n');
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(text).toContain('no record of wayclear');
    expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});
