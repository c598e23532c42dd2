import { describe, expect, it } from 'vitest';
import { pagedRows } from '../../src/store/pages.ts';

describe('rows in pages', () => {
  for (const count of [0, 1, 2, 3, 4, 5]) {
    it(`are all given, each once, where there are ${count}`, async () => {
      const all = Array.from({ length: count }, (_, index) => index);
      const asked: (number | undefined)[] = [];
      const given: number[] = [];
      const rows = pagedRows<number>(2, async (behind) => {
        asked.push(behind);
        const from = behind === undefined ? 0 : behind + 1;
        return all.slice(from, from + 2);
      });
      for await (const row of rows) given.push(row);
      expect(given).toEqual(all);
      expect(asked).toEqual([undefined, ...all.filter((row) => row % 2 === 1)]);
    });
  }
});
