import { describe, expect, it } from 'vitest';
import { plain, unlinked } from '../../src/report/cells.ts';

describe('text from outside', () => {
  it('is no mail address to click on in Markdown', () => {
    expect(plain('ask root@evil.example')).toBe('ask root\\@evil.example');
  });

  it('is no link in a message of SARIF, however it is escaped', () => {
    expect(unlinked('[click me](https://evil.example/x)')).toBe('\\[click me\\](https://evil.example/x)');
    expect(unlinked('\\[click me](1)')).toBe('\\\\\\[click me\\](1)');
  });
});
