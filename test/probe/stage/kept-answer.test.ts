import { describe, expect, it } from 'vitest';
import { createRoom, keptExcerpt, keptHeaders } from '../../../src/probe/stage/kept-answer.ts';
import { createSecrets } from '../../../src/secrets/secrets.ts';

const { keep } = createSecrets();
const lengthOf = (headers: readonly (readonly [string, string])[]): number => headers.flat().join('').length;

describe('what is kept of the answers to one question', () => {
  it('is bounded over all its addresses, and leaves each enough to tell who answered', () => {
    const room = createRoom();
    const flood = Array.from({ length: 200 }, (_, index) => [`x-${index}`, 'v'.repeat(2000)] as const);
    const kept = Array.from({ length: 16 }, () => {
      const headers = keptHeaders([['server', 'a filter'], ...flood], keep, room);
      return { headers, body: keptExcerpt(Buffer.alloc(60_000, 'b'), true, keep, room) };
    });
    const all = kept.map(({ headers, body }) => lengthOf(headers) + body.length);
    expect(all[0]).toBeGreaterThan(8000);
    expect(all.reduce((sum, length) => sum + length)).toBeLessThan(16_384 + 16 * 700);
    expect(kept.at(-1)?.body).toHaveLength(256);
  });

  it('cuts long names and long values, and leaves short ones as they are', () => {
    const longNames = Array.from(
      { length: 64 },
      (_, index) => [`${'n'.repeat(300)}${index}`, 'v'.repeat(900)] as const,
    );
    const headers = keptHeaders([['via', '1.1 proxy'], ...longNames], keep, createRoom());
    expect(headers[0]).toEqual(['via', '1.1 proxy']);
    expect(headers).toHaveLength(64);
    expect(lengthOf(headers)).toBeLessThanOrEqual(4096);
    const few = [['content-security-policy', 'c'.repeat(1024)] as const, ['server', 's'] as const];
    expect(keptHeaders(few, keep, createRoom())).toEqual(few);
  });

  it('leaves where a redirect leads as it is beside others that are cut, up to 2,048 characters', () => {
    const cookies = Array.from({ length: 8 }, (_, index) => ['set-cookie', `${index}${'v'.repeat(900)}`] as const);
    const kept = (length: number) => {
      const headers = keptHeaders([...cookies, ['location', 'u'.repeat(length)]], keep, createRoom());
      expect(lengthOf(headers)).toBeLessThanOrEqual(4096);
      return headers.at(-1)?.[1];
    };
    expect(kept(2048)).toBe('u'.repeat(2048));
    expect(kept(2049)).toMatch(/^u{2047}…$/);
  });

  it('knows a secret whose end lies behind the cut', () => {
    const secrets = createSecrets();
    secrets.addPassword('alice', 'Wint3r-Secret-of-the-proxy');
    const flood = Array.from({ length: 60 }, (_, index) => [`x-${index}`, 'v'.repeat(1000)] as const);
    for (let before = 20; before < 80; before += 1) {
      const value = `${'-'.repeat(before)}Wint3r-Secret-of-the-proxy${'-'.repeat(900)}`;
      const headers = keptHeaders([['x-echo', value], ...flood], secrets.keep, createRoom());
      expect(JSON.stringify(headers)).not.toMatch(/Wint/);
    }
  });
});
