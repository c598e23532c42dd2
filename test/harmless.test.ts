import { describe, expect, it } from 'vitest';
import { escapedInJson, harmless } from '../src/harmless.ts';

const unseen = [
  0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200f, 0x2028, 0x2029, 0x202a, 0x202e, 0x2060, 0x2066, 0x206a, 0x3164,
  0xfeff, 0xffa0, 0xfff9, 0xe0041,
];

describe('text from outside', () => {
  it.each(unseen)('shows U+%s, which nobody sees, as an escape', (code) => {
    const character = String.fromCodePoint(code);
    expect(harmless(`a${character}b`)).toBe(`a\\u{${code.toString(16)}}b`);
    const json = escapedInJson(JSON.stringify({ a: character }));
    expect(json).toMatch(/^[ -~]+$/);
    expect(JSON.parse(json)).toEqual({ a: character });
  });

  it('keeps what people write, and marks as many as a letter has', () => {
    for (const text of ['é ü ก็ नि', 'だ\u3099', 'ệ', '\u2764\ufe0f', '한국어', 'עברית', 'a\u0301\u0302\u0303\u0304']) {
      expect(harmless(text)).toBe(text);
    }
  });

  it('shows a flood of marks as escapes, and stays within its bound', () => {
    expect(harmless(`a${'\u0301'.repeat(6)}b`)).toBe(`a${'\u0301'.repeat(4)}\\u{301}\\u{301}b`);
    expect(harmless(`a${'\u0301'.repeat(10_000)}`)).toHaveLength(300);
    expect(harmless('\u{1f511}'.repeat(200), 100)).toBe(`${'\u{1f511}'.repeat(49)}\ufffd…`);
  });

  it.each([
    ['##vso[task.complete result=Failed;]', '\\u{23}#vso[task.complete result=Failed;]'],
    ['a ##[add-path]/tmp', 'a \\u{23}#[add-path]/tmp'],
    ['::error title=a::b', '\\u{3a}:error title=a::b'],
    ['x ::Stop-Commands::y', 'x \\u{3a}:Stop-Commands::y'],
  ])('shows %s, which a build server obeys, as %s', (text, shown) => {
    expect(harmless(text)).toBe(shown);
    expect(harmless(shown)).toBe(shown);
    const json = escapedInJson(JSON.stringify([text, `\\${text}`]));
    expect(json).not.toMatch(/##(\[|vso)/);
    expect(JSON.parse(json)).toEqual([text, `\\${text}`]);
  });

  it('keeps addresses, headings and names of code', () => {
    for (const text of ['::1', 'fe80::a:b', '[2001:db8::]:443', '## Title', 'std::string::npos', 'a::error'])
      expect(harmless(text)).toBe(text);
  });

  it('has no controls and no half characters', () => {
    expect(harmless('a\u0000\u001b[31m\r\n\u0085\ud800b\udc00')).toBe(
      'a\ufffd\ufffd[31m\ufffd\ufffd\ufffd\ufffdb\ufffd',
    );
  });

  it('is as harmless when it passes twice', () => {
    for (const code of unseen) {
      const once = harmless(`a${String.fromCodePoint(code)}\u0001`);
      expect(harmless(once)).toBe(once);
    }
  });
});
