import { describe, expect, it } from 'vitest';
import { programRunner } from '../src/system-program.ts';

const run = programRunner({ timeoutMs: 20_000, mostBytes: 65_536, encoding: 'latin1' });

describe('a program of the operating system', () => {
  it('gives its output and status', async () => {
    expect(await run(process.execPath, ['-e', 'process.stdout.write("x"); process.exitCode = 3'])).toEqual({
      status: 3,
      stdout: 'x',
    });
    expect(await run(process.execPath, ['-e', ''])).toEqual({ status: 0, stdout: '' });
  });

  it.each([
    ['is missing', 'no-such-program-of-any-system', [] as string[], 20_000],
    ['never ends', process.execPath, ['-e', 'setInterval(() => {}, 1000)'], 200],
    ['never stops talking', process.execPath, ['-e', "for (;;) process.stdout.write('x'.repeat(65536))"], 20_000],
  ])('that %s gives nothing', async (_, program, parameters, timeoutMs) => {
    expect(await programRunner({ timeoutMs, mostBytes: 65_536, encoding: 'utf8' })(program, parameters)).toBeNull();
  });
});
