import { describe, expect, it } from 'vitest';
import { csvOf } from '../../src/report/cells.ts';

describe('a cell of CSV', () => {
  it('is no formula where a text could be one, and a number is what it is', () => {
    expect(csvOf([[-274, 0.5, '-274', '+1', '=1+1', '@x', 'a-1']])).toBe("-274,0.5,'-274,'+1,'=1+1,'@x,a-1\r\n");
  });
});
