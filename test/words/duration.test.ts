import { beforeAll, describe, expect, it } from 'vitest';
import { labelsOf, loadWords } from '../../src/words/load.ts';

describe('durations', () => {
  beforeAll(async () => {
    await Promise.all([loadWords('en'), loadWords('ja')]);
  });

  it.each([
    [12, '12 ms', '12 ms'],
    [3400, '3.4 s', '3.4 秒'],
    [59_960, '1 min', '1 分'],
    [120_000, '2 min', '2 分'],
    [125_000, '2 min 5 s', '2 分 5 秒'],
  ])('%i ms end in no zero of a smaller unit', (ms, english, japanese) => {
    expect(labelsOf('en').duration(ms)).toBe(english);
    expect(labelsOf('ja').duration(ms)).toBe(japanese);
  });
});
