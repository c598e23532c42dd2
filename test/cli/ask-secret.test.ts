import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { askSecret } from '../../src/cli/ask-secret.ts';
import { createEnding } from '../../src/cli/ending.ts';
import { systemClock } from '../../src/clock.ts';

function terminal(isTTY = true) {
  const stream = Object.assign(new PassThrough(), { isTTY, setRawMode: () => stream });
  return stream;
}

describe('asking for a secret', () => {
  it.each([
    ['a line', 'hush\r', 'hush'],
    ['a line with an edit', 'hust\u007fh\r', 'hush'],
    ['nothing', '\r', null],
    ['the end of the input', '\u0004', null],
  ])('gives %s, and shows nothing of it', async (_name, typed, expected) => {
    const [input, output] = [terminal(), terminal()];
    const asking = askSecret(input, output, 'Password: ', createEnding(systemClock));
    input.write(typed);
    expect(await asking).toBe(expected);
    expect(await text(output.end())).toBe('Password: \n');
  });

  it('ends at Ctrl-C', async () => {
    const ending = createEnding(systemClock);
    const input = terminal();
    const asking = askSecret(input, terminal(), '', ending);
    input.write('half\u0003');
    expect([await asking, ending.interrupted()]).toEqual([null, true]);
  });

  it('ends with the work, whatever ended that', async () => {
    const ending = createEnding(systemClock);
    const asking = askSecret(terminal(), terminal(), '', ending);
    ending.interrupt();
    expect(await asking).toBeNull();
  });

  it.each([
    [false, true],
    [true, false],
  ])('asks nobody where no terminal is (in: %s, out: %s)', async (input, output) => {
    expect(await askSecret(terminal(input), terminal(output), 'x', createEnding(systemClock))).toBeNull();
  });
});
