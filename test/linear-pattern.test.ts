import { describe, expect, it } from 'vitest';
import { linearPattern } from '../src/linear-pattern.ts';
import { randomFrom } from './hostile/random.ts';

describe('a pattern out of a file', () => {
  it.each([
    ['^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$', '0B6F2F8e-1111-2222-3333-444455556666', true],
    ['^[0-9a-f]{8}$', '0b6f2f8', false],
    ['^(?:Microsoft|Windows)-', 'microsoft-IIS/10', true],
    ['azure|office', 'x-office', true],
    ['^$', '', true],
    ['\\.windows\\.net$', 'a.windows.net', true],
    ['\\.windows\\.net$', 'a.windowsxnet', false],
    ['[^\\s,;-]+\\/\\d{1,3}', 'squid/6', true],
    ['^\\W\\S\\D$', '-x-', true],
    ['^[\\]\\\\-]+$', ']\\-', true],
    ['^é.$', 'É😀', true],
    ['^(a|b*)*$', 'abba', true],
    ['^x{2,3}$', 'xxxx', false],
  ])('%s tests %j', (pattern, text, matches) => {
    expect(linearPattern(pattern)?.(text)).toBe(matches);
    expect(new RegExp(pattern, 'iu').test(text)).toBe(matches);
  });

  it.each([
    '(',
    ')',
    '[a',
    '[z-a]',
    'a**',
    'a+?',
    '*',
    '(?=a)',
    '(?<!a)b',
    '(?<n>a)',
    '(a)\\1',
    '\\bx',
    '\\u0041',
    '\\p{L}',
    'a{2,1}',
    'a{1,2000}',
    '(a{1000}){1000}',
    '(\\w?\\W?){650}Z',
    'a{200}',
    `${'('.repeat(40)}a${')'.repeat(40)}`,
    'a\\',
  ])('%s is not in the dialect', (pattern) => {
    expect(linearPattern(pattern)).toBeNull();
  });

  it('is tested in time that its length and the text alone bound', () => {
    const text = `${'a'.repeat(255)}!`;
    for (const pattern of ['(a+)+$', '(a|aa)+$', '(a*)*b', '(((a+)+)+)+$', 'a*a*a*a*a*a*a*a*a*b', '(a?){40}a{40}b']) {
      expect(linearPattern(pattern)?.(text)).toBe(false);
    }
  });

  it('says what RegExp says, for all patterns that both know', () => {
    const random = randomFrom(1);
    const pieces = [
      'a',
      'B',
      '.',
      '[ab]',
      '[^a]',
      '[0-9]',
      '\\d',
      '\\w',
      '\\s',
      '(',
      ')',
      '|',
      '*',
      '+',
      '?',
      '^',
      '$',
      '{2}',
      '{1,}',
      '(?:',
      '{0,3}',
      '-',
      '\\.',
    ];
    let both = 0;
    for (let count = 0; count < 20_000; count += 1) {
      const pattern = Array.from({ length: 1 + random.below(8) }, () => random.of(pieces)).join('');
      const test = linearPattern(pattern);
      if (test === null) continue;
      both += 1;
      const texts = Array.from({ length: 4 }, () =>
        Array.from({ length: random.below(7) }, () => random.of([...'abAB01 .-'])).join(''),
      );
      const expected = new RegExp(pattern, 'iu');
      expect(texts.map((text) => [pattern, text, test(text)])).toEqual(
        texts.map((text) => [pattern, text, expected.test(text)]),
      );
    }
    expect(both).toBeGreaterThan(3000);
  });
});
